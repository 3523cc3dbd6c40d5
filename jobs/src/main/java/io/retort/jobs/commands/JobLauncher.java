package io.retort.jobs.commands;

import io.retort.jobs.JobRunner;
import io.retort.jobs.config.Settings;
import io.retort.jobs.failures.ExitCode;
import io.retort.jobs.mlflow.MlflowRuns;
import io.retort.jobs.mlflow.MlflowSettings;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.provenance.RunListener;
import io.retort.jobs.reports.Report;
import io.retort.jobs.sessions.Slices;
import io.retort.jobs.sessions.SparkSessions;
import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Runs jobs for a command: settings, session, progress, and the report at the end. */
final class JobLauncher {
    private final Console console;

    JobLauncher(Console console) {
        this.console = console;
    }

    /** Where to show how far work is. */
    Progress progress() {
        return console.progress();
    }

    /** What a command does with its settings. */
    @FunctionalInterface
    interface Work {
        Report run(Settings settings, JobRunner runner) throws IOException, InterruptedException;
    }

    /**
     * Does the work and returns the exit code.
     *
     * @param more settings of the command's own options, which win over all others
     */
    int launch(CommonOptions options, List<String> more, Work work) throws IOException, InterruptedException {
        return launch(options, options.settings(more), work);
    }

    /** Does the work with settings that were read already, and returns the exit code. */
    int launch(CommonOptions options, Settings settings, Work work) throws IOException, InterruptedException {
        PlatformCheck.requireNativeEngine();
        Workspace workspace = Workspace.at(settings.config().getString("workspace"));
        WorkspaceCheck.requireWritable(workspace);
        Logging.into(workspace);
        Progress progress = console.progress();
        RunListener listener = MlflowRuns.of(
                MlflowSettings.of(settings), StorageSettings.ofProcess().open(), progress);
        SparkSessions sessions = new SparkSessions(settings.config().getString("spark.master"));
        ExitCode code = Interruption.guard(console, sessions::cancel, () -> {
            try (sessions) {
                JobRunner runner = new JobRunner(
                        sessions,
                        new Slices(settings.config().getInt("spark.slices")),
                        progress,
                        Clock.systemUTC(),
                        listener);
                console.print(work.run(settings, runner), options.form());
            }
        });
        return code.code();
    }
}
