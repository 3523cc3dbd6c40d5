package io.retort.jobs;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.failures.ExitCode;
import io.retort.jobs.failures.Failure;
import io.retort.jobs.leases.HeldLeases;
import io.retort.jobs.leases.Holder;
import io.retort.jobs.leases.Leases;
import io.retort.jobs.leases.Timing;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.provenance.Provenance;
import io.retort.jobs.provenance.RunListener;
import io.retort.jobs.provenance.RunLog;
import io.retort.jobs.provenance.RunRecord;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.reports.Report;
import io.retort.jobs.sessions.RunningTasks;
import io.retort.jobs.sessions.Slices;
import io.retort.jobs.sessions.SparkMeter;
import io.retort.jobs.sessions.SparkWork;
import io.retort.jobs.workspaces.Leftovers;
import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Runs jobs with all that surrounds them: the plan that is told first, the lease, the run's record, the progress. */
public final class JobRunner {
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Longer than a shard of a small teacher takes. */
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(15);

    private final Supplier<SparkSession> sessions;
    private final Slices slices;
    private final Progress progress;
    private final Clock clock;
    private final RunListener listener;
    private final StorageSettings storageSettings = StorageSettings.ofProcess();
    private final Storage storage = storageSettings.open();

    public JobRunner(
            Supplier<SparkSession> sessions, Slices slices, Progress progress, Clock clock, RunListener listener) {
        this.listener = listener;
        this.sessions = sessions;
        this.slices = slices;
        this.progress = progress;
        this.clock = clock;
    }

    /** Runs one job in a session that is there, showing nothing. */
    public static <S extends Spec, R extends Report> R run(SparkSession spark, Job<S, R> job, S spec)
            throws IOException, InterruptedException {
        return new JobRunner(() -> spark, Slices.AUTO, Progress.SILENT, Clock.systemUTC(), RunListener.NONE)
                .run(job, spec);
    }

    /**
     * Says what the job will do, does it and returns its report; leaves a record unless all was there already. Where
     * another process is at the same work, waits for it.
     *
     * @throws InterruptedException if this thread was interrupted; the record says so
     */
    public <S extends Spec, R extends Report> R run(Job<S, R> job, S spec) throws IOException, InterruptedException {
        Plan plan = told(job, spec);
        if (plan.completion() == Completion.ALREADY_DONE) {
            return job.execute(spec, context());
        }
        Leases leases = new Leases(storage, spec.workspace().leases(), Timing.STANDARD, progress);
        for (Holder dead : leases.dead()) {
            markKilled(spec.workspace(), dead.run());
        }
        String run = RUN_TIME.format(clock.instant()) + "-" + job.name() + "-" + plan.id();
        try (HeldLeases held = leases.acquireAll(job.leases(spec, plan.id()), run)) {
            for (Holder dead : held.dead()) {
                markKilled(spec.workspace(), dead.run());
            }
            if (held.waited() && told(job, spec).completion() == Completion.ALREADY_DONE) {
                return job.execute(spec, context());
            }
            Leftovers.delete(storage, spec.workspace().made(plan.id()));
            return recorded(job, spec, plan, run, held);
        }
    }

    private void markKilled(Workspace workspace, String run) throws IOException {
        if (RunRecord.markKilled(storage, workspace.run(run), clock)) {
            listener.ended(workspace, run);
        }
    }

    private <S extends Spec> Plan told(Job<S, ?> job, S spec) throws IOException, InterruptedException {
        Plan plan = job.plan(spec);
        plan.render().forEach(progress::note);
        return plan;
    }

    /** Of a job that finds all there. */
    private JobContext context() {
        return new JobContext(sessions, slices, storageSettings, progress, RunLog.NONE, Optional::empty);
    }

    /** Tells what Spark did, also of a run that fails. */
    private <S extends Spec, R extends Report> R metered(Job<S, R> job, S spec, RunRecord log)
            throws IOException, InterruptedException {
        try (SparkMeter meter = new SparkMeter(sessions)) {
            R report;
            try {
                report = job.execute(spec, new JobContext(meter, slices, storageSettings, progress, log, meter::work));
            } catch (Throwable e) {
                tellUnfinished(meter, log, e);
                throw e;
            }
            Optional<SparkWork> work = meter.work();
            if (work.isPresent()) {
                log.event("spark", Map.of("work", work.get()));
                progress.note(work.get().line());
            }
            return report;
        }
    }

    private static void tellUnfinished(SparkMeter meter, RunRecord log, Throwable cause) {
        try {
            Optional<SparkWork> work = meter.workHeardOf();
            if (work.isPresent()) {
                log.event("spark", Map.of("work", work.get()));
            }
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private <S extends Spec, R extends Report> R recorded(Job<S, R> job, S spec, Plan plan, String run, HeldLeases held)
            throws IOException, InterruptedException {
        Provenance begun = Provenance.started(run, job.name(), spec.seed(), spec, clock.instant());
        RunRecord log = RunRecord.begin(storage, spec.workspace().run(run), clock, begun);
        R report;
        try {
            log.event("started", Map.of("plan", plan.actions()));
            report = metered(job, spec, log);
            log.event("finished", Map.of("report", report));
        } catch (Throwable e) {
            // Writing the record needs a thread that is not interrupted.
            boolean interrupted = Thread.interrupted() || Failure.of(e).exitCode() == ExitCode.INTERRUPTED;
            String outcome = held.lost()
                    ? "lost its lease to another run"
                    : interrupted ? "interrupted" : Failure.of(e).line();
            if (!interrupted) {
                settle(e);
            }
            end(log, outcome, e);
            listener.ended(spec.workspace(), run);
            if (held.lost()) {
                throw new IOException(
                        "expected to be alone at " + held + ", found another run at it, which took this one for dead",
                        e);
            }
            if (interrupted && !(e instanceof InterruptedException)) {
                InterruptedException interruption = new InterruptedException();
                interruption.addSuppressed(e);
                throw interruption;
            }
            throw e;
        }
        log.end("done");
        listener.ended(spec.workspace(), run);
        return report;
    }

    /** Tasks that run on after another's fault remove their unfinished files when they notice. */
    private static void settle(Throwable cause) {
        try {
            RunningTasks.awaitNone(LONGEST_SETTLING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cause.addSuppressed(e);
        }
    }

    /** What went wrong is told even where the record cannot be written. */
    private static void end(RunRecord log, String outcome, Throwable cause) {
        try {
            log.end(outcome);
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
