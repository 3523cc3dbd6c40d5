package io.retort.jobs.commands;

import io.retort.jobs.Job;
import io.retort.jobs.JobRunner;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.failures.ExitCode;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import io.retort.jobs.sessions.SparkSessions;
import io.retort.jobs.workspaces.Json;
import java.time.Clock;
import java.util.function.Function;

/** Runs a job for a command: settings, session, progress, and the report at the end. */
final class JobLauncher {
    private final Console console;

    JobLauncher(Console console) {
        this.console = console;
    }

    /** Runs the job with the spec that the settings make, and returns the exit code. */
    <S extends Spec, R extends Report> int launch(CommonOptions options, Function<Settings, S> specOf, Job<S, R> job)
            throws Exception {
        Settings settings = options.settings();
        S spec = specOf.apply(settings);
        Logging.into(spec.workspace());
        try (SparkSessions sessions = new SparkSessions(settings.config().getString("spark.master"))) {
            JobRunner runner = new JobRunner(sessions, console.progress(), Clock.systemUTC());
            print(runner.run(job, spec), options.json());
        }
        return ExitCode.DONE.code();
    }

    private void print(Report report, boolean json) {
        if (json) {
            console.out().print(Json.pretty(report));
        } else {
            if (report.completion() == Completion.ALREADY_DONE) {
                console.out().println(report.job() + ": nothing to do, all is there (" + report.id() + ")");
            }
            for (Table table : report.tables()) {
                console.out().println();
                console.out().println(table.render());
            }
        }
        console.out().flush();
    }
}
