package io.retort.jobs.commands;

import io.retort.jobs.teach.TeachAudit;
import io.retort.jobs.teach.TeachJob;
import io.retort.jobs.teach.TeachSpec;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retort teach}. */
@Command(name = "teach", sortOptions = false, description = "Has the teacher score the corpus.")
final class TeachCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @ArgGroup
    private Mode mode = new Mode();

    private final JobLauncher launcher;

    TeachCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    /** What to do in place of teaching. */
    private static final class Mode {
        @Option(
                names = "--plan",
                description = "Only say what it would take, from a measured sample; write nothing into the dataset.")
        private boolean plan;

        @Option(
                names = "--verify",
                description = "Check every file of the dataset, and recompute just what is damaged.")
        private boolean verify;
    }

    @Override
    public Integer call() throws Exception {
        return launcher.launch(options, List.of(), (settings, runner) -> {
            TeachSpec spec = TeachSpec.of(settings);
            if (mode.plan) {
                return TeachJob.planReport(spec);
            }
            return mode.verify ? runner.run(new TeachAudit(), spec) : runner.run(new TeachJob(), spec);
        });
    }
}
