package io.retort.jobs.commands;

import io.retort.distill.teachers.served.EndpointSettings;
import io.retort.distill.teachers.served.Traffic;
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
import io.retort.jobs.teachers.ServerSettings;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.net.URI;
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
            names = "--endpoint",
            paramLabel = "URL",
            description = "With --tasks: a model behind OpenAI's /v1/completions at this server, in place of a bundle.")
    private @Nullable URI endpoint;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "With --endpoint: its name there, where the server has several.")
    private @Nullable String model;

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
        checkOptions();
        return launcher.launch(options, List.of(), this::run);
    }

    private void checkOptions() {
        if (tasks == null && (expert != null || teacher || limit != null || bundle.isNamed() || endpoint != null)) {
            throw new IllegalArgumentException(
                    "expected --tasks along with --bundle, --expert, --teacher, --endpoint and --limit, found none");
        }
        boolean ofBundle = expert != null || bundle.isNamed();
        if (teacher && ofBundle || endpoint != null && (teacher || ofBundle)) {
            throw new IllegalArgumentException(
                    "expected one model to ask: --teacher, --endpoint, or --bundle and --expert, found several");
        }
        if (endpoint == null && model != null) {
            throw new IllegalArgumentException("expected --endpoint along with --model, found none");
        }
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
        return runner.run(new TasksJob(), spec(run, tasks, settings));
    }

    private TasksSpec spec(TaskRun run, Path files, Settings settings) throws IOException {
        if (teacher) {
            return run.ofTeacher(files, TeacherSource.of(settings));
        }
        if (endpoint != null) {
            Traffic traffic = ServerSettings.traffic(settings.config().getConfig("evaluate.endpoint"));
            return run.ofEndpoint(files, new EndpointSettings(endpoint, model == null ? "" : model, traffic));
        }
        return run.ofBundle(files, bundle.directory(options), Optional.ofNullable(expert), use());
    }

    private ContextUse use() {
        return switch (contexts) {
            case "choose" -> ContextUse.CHOOSES_EXPERTS;
            case "read" -> ContextUse.ONLY_READ;
            default -> throw new IllegalArgumentException("expected --contexts choose or read, found " + contexts);
        };
    }
}
