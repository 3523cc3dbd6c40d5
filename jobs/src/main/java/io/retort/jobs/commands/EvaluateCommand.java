package io.retort.jobs.commands;

import io.retort.inference.scoring.ContextUse;
import io.retort.jobs.JobRunner;
import io.retort.jobs.config.Settings;
import io.retort.jobs.evaluate.EvaluateJob;
import io.retort.jobs.evaluate.EvaluateOptions;
import io.retort.jobs.evaluate.EvaluateSpec;
import io.retort.jobs.reports.Report;
import io.retort.jobs.tasks.TaskRun;
import io.retort.jobs.tasks.TasksJob;
import io.retort.jobs.tasks.TasksSpec;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retort evaluate}. */
@Command(
        name = "evaluate",
        sortOptions = false,
        description =
                "Measures teacher, experts, ensemble and controls on the test split; or, with --tasks, one model on"
                        + " tasks of lm-evaluation-harness' format.")
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(
            names = "--tasks",
            paramLabel = "FILE|DIR",
            description = "Tasks as YAML (docs/tasks.md), in place of the workspace's test split.")
    private @Nullable Path tasks;

    @Mixin
    private BundleOption bundle = new BundleOption();

    @Option(names = "--expert", paramLabel = "ID", description = "With --tasks: this expert of the bundle alone.")
    private @Nullable String expert;

    @Option(names = "--teacher", description = "With --tasks: the teacher of the settings in place of a bundle.")
    private boolean teacher;

    @Option(
            names = "--contexts",
            paramLabel = "choose|read",
            defaultValue = "choose",
            description =
                    "With --tasks: whether a prompt chooses the experts of what is scored behind it (default), or is"
                            + " only read, as retort serve reads an echoed text for lm-evaluation-harness.")
    private String contexts = "choose";

    @Option(names = "--limit", paramLabel = "N", description = "With --tasks: the first N documents of each.")
    private @Nullable Long limit;

    private final JobLauncher launcher;

    EvaluateCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        if (tasks == null && (expert != null || teacher || limit != null || bundle.isNamed())) {
            throw new IllegalArgumentException(
                    "expected --tasks along with --bundle, --expert, --teacher and --limit, found none");
        }
        return launcher.launch(options, List.of(), this::run);
    }

    private Report run(Settings settings, JobRunner runner) throws IOException, InterruptedException {
        if (tasks == null) {
            return runner.run(new EvaluateJob(), EvaluateSpec.of(settings));
        }
        TaskRun run = new TaskRun(
                Workspace.at(settings.config().getString("workspace")),
                settings.config().getLong("seed"),
                limit == null ? Long.MAX_VALUE : limit,
                EvaluateOptions.bootstrap(settings));
        TasksSpec spec = teacher
                ? run.ofTeacher(tasks, TeacherSource.of(settings))
                : run.ofBundle(tasks, bundle.directory(options), Optional.ofNullable(expert), use());
        return runner.run(new TasksJob(), spec);
    }

    private ContextUse use() {
        return switch (contexts) {
            case "choose" -> ContextUse.CHOOSES_EXPERTS;
            case "read" -> ContextUse.ONLY_READ;
            default -> throw new IllegalArgumentException("expected --contexts choose or read, found " + contexts);
        };
    }
}
