package io.retort.jobs.commands;

import io.retort.jobs.JobRunner;
import io.retort.jobs.config.Settings;
import io.retort.jobs.continuations.ContinuationJob;
import io.retort.jobs.continuations.ContinuationSpec;
import io.retort.jobs.distil.StudentAuthors;
import io.retort.jobs.reports.PlanReport;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Reports;
import io.retort.jobs.teach.TeachAudit;
import io.retort.jobs.teach.TeachJob;
import io.retort.jobs.teach.TeachSpec;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
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
    private Author author = new Author();

    @ArgGroup
    private Mode mode = new Mode();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "Draw the training documents to score by these weights (teach.weights.share of them); repeatable.")
    private List<String> weights = List.of();

    private final JobLauncher launcher;

    TeachCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    /** Who writes the texts, in place of the corpus. */
    private static final class Author {
        @Option(
                names = "--generate",
                description = "Have the teacher write answers to the corpus' prompts first, and score those.")
        private boolean teacher;

        @Option(
                names = "--on-policy",
                description = "Have the trained experts continue the corpus' prompts first, and score that.")
        private boolean students;
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
        List<String> more = new ArrayList<>();
        if (author.teacher) {
            more.add("teach.texts=teacher");
        }
        if (!weights.isEmpty()) {
            more.add("teach.weights.files=" + Json.line(weights));
        }
        return launcher.launch(options, more, this::run);
    }

    private Report run(Settings settings, JobRunner runner) throws IOException, InterruptedException {
        TeachSpec spec = author.students ? StudentAuthors.teaching(settings) : TeachSpec.of(settings);
        if (mode.verify) {
            return runner.run(new TeachAudit(), spec);
        }
        if (!(spec.corpus() instanceof ContinuationSpec written)) {
            return mode.plan ? TeachJob.planReport(spec) : runner.run(new TeachJob(), spec);
        }
        if (mode.plan) {
            // What the teacher will have to score is known when it is written.
            return written.finished(StorageSettings.ofProcess().open())
                    ? TeachJob.planReport(spec)
                    : new PlanReport(new ContinuationJob().plan(written));
        }
        Report texts = runner.run(new ContinuationJob(), written);
        return new Reports(List.of(texts, runner.run(new TeachJob(), spec)));
    }
}
