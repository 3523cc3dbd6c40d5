package io.retort.jobs;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.failures.Failure;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.provenance.Provenance;
import io.retort.jobs.provenance.RunLog;
import io.retort.jobs.provenance.RunRecord;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.reports.Report;
import io.retort.jobs.sessions.Slices;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Runs jobs with all that surrounds them: the plan that is told first, the run's record, the progress. */
public final class JobRunner {
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Supplier<SparkSession> sessions;
    private final Slices slices;
    private final Progress progress;
    private final Clock clock;

    public JobRunner(Supplier<SparkSession> sessions, Slices slices, Progress progress, Clock clock) {
        this.sessions = sessions;
        this.slices = slices;
        this.progress = progress;
        this.clock = clock;
    }

    /** Runs one job in a session that is there, showing nothing. */
    public static <S extends Spec, R extends Report> R run(SparkSession spark, Job<S, R> job, S spec)
            throws IOException, InterruptedException {
        return new JobRunner(() -> spark, Slices.AUTO, Progress.SILENT, Clock.systemUTC()).run(job, spec);
    }

    /** Says what the job will do, does it and returns its report; leaves a record unless all was there already. */
    public <S extends Spec, R extends Report> R run(Job<S, R> job, S spec) throws IOException, InterruptedException {
        StorageSettings storageSettings = StorageSettings.ofProcess();
        Storage storage = storageSettings.open();
        Plan plan = job.plan(spec);
        plan.render().forEach(progress::note);
        if (plan.completion() == Completion.ALREADY_DONE) {
            return job.execute(spec, new JobContext(sessions, slices, storageSettings, progress, RunLog.NONE));
        }
        String run = RUN_TIME.format(clock.instant()) + "-" + job.name() + "-" + plan.id();
        Provenance begun = Provenance.started(run, job.name(), spec.seed(), spec, clock.instant());
        RunRecord log = RunRecord.begin(storage, spec.workspace().run(run), clock, begun);
        R report;
        try {
            log.event("started", Map.of("plan", plan.actions()));
            report = job.execute(spec, new JobContext(sessions, slices, storageSettings, progress, log));
            log.event("finished", Map.of("report", report));
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            endFailed(log, e);
            throw e;
        }
        log.end("done");
        return report;
    }

    /** What went wrong is told even where it cannot be written down, as on a full disk. */
    private static void endFailed(RunRecord log, Throwable thrown) {
        try {
            log.end(Failure.of(thrown).line());
        } catch (IOException e) {
            thrown.addSuppressed(e);
        }
    }
}
