package io.retort.jobs.mlflow;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.failures.Failure;
import io.retort.jobs.leases.Lease;
import io.retort.jobs.leases.Leases;
import io.retort.jobs.leases.Timing;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.provenance.RunListener;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every run when it is over, out of its record. A draft goes into the outbox first and leaves it when the server has it
 * all; where either fails, a line says so, and later runs of this process wait in the outbox at once: no job fails or waits
 * longer than the patience because of MLflow. For one thread at a time.
 */
public final class MlflowRuns implements RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(MlflowRuns.class);

    private static final Duration HURRIED = Duration.ofSeconds(5);

    private final MlflowSettings settings;
    private final Credentials credentials;
    private final Storage storage;
    private final Progress progress;
    private boolean failed;

    private MlflowRuns(MlflowSettings settings, Credentials credentials, Storage storage, Progress progress) {
        this.settings = settings;
        this.credentials = credentials;
        this.storage = storage;
        this.progress = progress;
    }

    /** The listener that the settings ask for. */
    public static RunListener of(MlflowSettings settings, Storage storage, Progress progress) {
        return of(settings, Credentials.of(System.getenv()), storage, progress);
    }

    static RunListener of(MlflowSettings settings, Credentials credentials, Storage storage, Progress progress) {
        return settings.url().isEmpty() ? RunListener.NONE : new MlflowRuns(settings, credentials, storage, progress);
    }

    @Override
    public void ended(Workspace workspace, String run) {
        boolean interrupted = Thread.interrupted();
        boolean kept = false;
        Outbox outbox = new Outbox(storage, workspace.outbox());
        try {
            RunDraft draft = new RunDrafts(storage, workspace, settings.experiment()).of(run);
            outbox.put(draft);
            kept = true;
            if (!failed) {
                send(workspace, outbox, draft);
            }
        } catch (InterruptedException e) {
            // The draft waits in the outbox.
            interrupted = true;
        } catch (IOException | RuntimeException e) {
            // MLflow is told what happened; that it cannot be is no reason for a job to fail. What was not kept for
            // want of
            // a record or of space says nothing of the server.
            failed = failed || kept;
            LOG.warn("could not log run {} to MLflow", run, e);
            progress.note("MLflow: " + Failure.oneLine(String.valueOf(e.getMessage()))
                    + (kept
                            ? "; what was not logged is kept, retort publish --replay sends it"
                            : "; run " + run + " is not in MLflow and nothing of it waits to be sent, its record is in "
                                    + workspace.run(run)));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void send(Workspace workspace, Outbox outbox, RunDraft draft) throws IOException, InterruptedException {
        // Who has pressed Ctrl-C does not want to wait.
        boolean hurried = draft.tags().getOrDefault(RunTags.OUTCOME, "").equals("interrupted");
        Duration most = hurried && settings.patience().compareTo(HURRIED) > 0 ? HURRIED : settings.patience();
        Patience patience = Patience.inAll(most);
        Leases leases = new Leases(storage, workspace.leases(), Timing.STANDARD, Progress.SILENT);
        Optional<Lease> free = leases.acquireWithin(Outbox.LEASE, draft.run(), patience.left());
        if (free.isEmpty()) {
            progress.note("MLflow: another run is sending what waits; " + draft.run()
                    + " is kept, retort publish --replay sends it");
            return;
        }
        try (Lease lease = free.get()) {
            if (outbox.read(draft.run()).isPresent()) {
                MlflowServer server = new MlflowServer(settings.url(), credentials, patience);
                new RunSending(server, storage).send(draft);
                outbox.delete(draft.run());
            }
        }
    }
}
