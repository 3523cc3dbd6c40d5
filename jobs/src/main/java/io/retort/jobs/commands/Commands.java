package io.retort.jobs.commands;

import io.retort.jobs.align.AlignJob;
import io.retort.jobs.align.AlignSpec;
import io.retort.jobs.analyze.AnalyzeJob;
import io.retort.jobs.analyze.AnalyzeSpec;
import io.retort.jobs.mlflow.SettingsRegistries;
import io.retort.jobs.prepare.PrepareJob;
import io.retort.jobs.prepare.PrepareSpec;
import io.retort.jobs.registry.Registries;
import io.retort.jobs.registry.RollbackJob;
import io.retort.jobs.registry.RollbackSpec;
import io.retort.jobs.route.RouteJob;
import io.retort.jobs.route.RouteSpec;
import java.util.List;
import picocli.CommandLine;

/** Every command, in the order of the help. */
final class Commands {
    private Commands() {}

    static List<CommandLine> all(Console console) {
        JobLauncher launcher = new JobLauncher(console);
        Registries registries = new SettingsRegistries(launcher.progress());
        return List.of(
                new CommandLine(new QuickstartCommand(launcher)),
                new CommandLine(new GenerateCommand(launcher)),
                JobCommand.of(
                        launcher,
                        new PrepareJob(),
                        PrepareSpec::of,
                        "Makes the corpus: documents without duplicates, split by content."),
                new CommandLine(new TeachCommand(launcher)),
                JobCommand.of(
                        launcher,
                        new AlignJob(),
                        AlignSpec::of,
                        "Turns the teacher's distributions over tokens into distributions over bytes."),
                new CommandLine(new DistilCommand(launcher)),
                JobCommand.of(
                        launcher,
                        new RouteJob(),
                        RouteSpec::of,
                        "Trains the router on what each expert loses on the validation split."),
                new CommandLine(new EvaluateCommand(launcher)),
                JobCommand.of(
                                launcher,
                                new AnalyzeJob(),
                                AnalyzeSpec::of,
                                "Shows what a mixture-of-experts teacher divides among its experts.")
                        .addSubcommand(new ExtractMicroExpertCommand(launcher))
                        .addSubcommand(new GenerateTrainingDataCommand(launcher)),
                new CommandLine(new BundleCommand(launcher)),
                new CommandLine(new CompareCommand(launcher)),
                new CommandLine(new GateCommand(launcher)),
                new CommandLine(new PublishCommand(launcher, registries)),
                new CommandLine(new PromoteCommand(launcher, registries)),
                JobCommand.of(
                        launcher,
                        new RollbackJob(registries),
                        RollbackSpec::of,
                        "Makes the version champion again that was it before."),
                new CommandLine(new InferCommand(console)),
                new CommandLine(new ServeCommand(console)),
                new CommandLine(new VerifyBundleCommand(console)),
                new CommandLine(new BundleDiffCommand(console)),
                new CommandLine(new TeacherCommand()).addSubcommand(new TrainTeacherCommand(console)));
    }
}
