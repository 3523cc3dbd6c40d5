package io.retort.jobs.commands;

import io.retort.jobs.prepare.PrepareJob;
import io.retort.jobs.prepare.PrepareSpec;
import io.retort.jobs.teach.TeachJob;
import io.retort.jobs.teach.TeachSpec;
import java.util.List;
import picocli.CommandLine;

/** Every command, in the order of the help. */
final class Commands {
    private Commands() {}

    static List<CommandLine> all(Console console) {
        JobLauncher launcher = new JobLauncher(console);
        return List.of(
                JobCommand.of(
                        launcher,
                        new PrepareJob(),
                        PrepareSpec::of,
                        "Makes the corpus: documents without duplicates, split by content."),
                JobCommand.of(launcher, new TeachJob(), TeachSpec::of, "Has the teacher score the corpus."),
                new CommandLine(new VerifyBundleCommand(console)),
                new CommandLine(new TeacherCommand()).addSubcommand(new TrainTeacherCommand(console)));
    }
}
