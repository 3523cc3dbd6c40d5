package io.retort.jobs.commands;

import io.retort.distill.teachers.training.TeacherRecipe;
import io.retort.distill.teachers.training.TeacherTrainer;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code retort teacher train}. */
@Command(
        name = "train",
        sortOptions = false,
        description = "Trains a teacher of Kimi-K2's architecture in small on the generated suites, by a recipe.")
final class TrainTeacherCommand implements Callable<Integer> {
    @Option(names = "--recipe", required = true, paramLabel = "FILE", description = "The recipe, a JSON file.")
    private Path recipe = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The teacher's directory; a run that was stopped goes on there.")
    private Path directory = Path.of("");

    @Option(names = "--json", description = "Give the report as JSON on standard output.")
    private boolean json;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    private boolean debug;

    private final Console console;
    private Progress.@Nullable Track track;

    TrainTeacherCommand(Console console) {
        this.console = console;
    }

    private static String cost(TeacherRecipe.SchedulePlan schedule) {
        String most = "at most " + Figures.count(schedule.steps()) + " steps of about "
                + Figures.count(schedule.stepTokens()) + " tokens, " + schedule.threads() + " threads";
        return schedule.mostMinutes() > 0
                ? most + ", ended after about " + Figures.decimal(schedule.mostMinutes(), 0) + " minutes"
                : most;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PlatformCheck.requireNativeEngine();
        TeacherRecipe parsed = TeacherRecipe.parse(Files.readString(recipe));
        boolean finished = Files.exists(directory.resolve(TrainedTeacherReport.SCORES));
        Logging.into(Workspace.at(directory.toString()));
        console.err()
                .println("teacher train: train " + parsed.name() + " into " + directory + ": "
                        + cost(parsed.schedule()));
        return Interruption.guard(console, () -> {}, () -> train(parsed, finished))
                .code();
    }

    private void train(TeacherRecipe parsed, boolean finished) throws IOException, InterruptedException {
        try {
            new TeacherTrainer(parsed, directory, progress -> {
                        Progress.Track shown = track;
                        if (shown == null) {
                            shown = console.progress().start("teacher train", progress.plannedSteps(), "steps");
                            track = shown;
                        }
                        shown.at(
                                progress.step(),
                                "loss " + Figures.decimal(progress.loss(), 3) + ", "
                                        + Figures.count(Math.round(progress.tokensPerSecond())) + " tokens/s");
                    })
                    .run();
        } finally {
            if (track != null) {
                track.close();
            }
        }
        console.print(
                TrainedTeacherReport.of(directory, finished ? Completion.ALREADY_DONE : Completion.DONE),
                json ? Console.Form.JSON : Console.Form.TEXT);
    }
}
