package io.retort.jobs.mlflow;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.leases.Lease;
import io.retort.jobs.leases.Leases;
import io.retort.jobs.leases.Timing;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends what waits in the outbox, each run once: stopped anywhere and started again, it leaves one run in MLflow of each in
 * the workspace.
 */
public final class Replay {
    private static final String NAME = "publish";

    private Replay() {}

    /**
     * Sends all.
     *
     * @throws IOException if the server is not there or refuses a run; what was not sent is kept
     */
    public static ReplayReport run(MlflowSettings settings, Storage storage, Workspace workspace, Progress progress)
            throws IOException, InterruptedException {
        return run(settings, Credentials.of(System.getenv()), storage, workspace, progress);
    }

    static ReplayReport run(
            MlflowSettings settings, Credentials credentials, Storage storage, Workspace workspace, Progress progress)
            throws IOException, InterruptedException {
        if (settings.url().isEmpty()) {
            throw new IllegalArgumentException("expected mlflow.url to say where to send what waits, found none");
        }
        MlflowServer server = new MlflowServer(settings.url(), credentials, Patience.each(settings.patience()));
        RunSending sending = new RunSending(server, storage);
        Outbox outbox = new Outbox(storage, workspace.outbox());
        List<String> sent = new ArrayList<>();
        Leases leases = new Leases(storage, workspace.leases(), Timing.STANDARD, progress);
        try (Lease lease = leases.acquire(Outbox.LEASE, NAME);
                Progress.Track track = progress.start("replay", outbox.runs().size(), "runs")) {
            IOException refused = null;
            for (String run : outbox.runs()) {
                try {
                    Optional<RunDraft> draft = outbox.read(run);
                    if (draft.isEmpty()) {
                        continue;
                    }
                    sending.send(draft.get());
                    outbox.delete(run);
                    sent.add(run);
                } catch (MlflowException e) {
                    if (e.status() / 100 != 4 || e.status() == 401 || e.status() == 403) {
                        throw e;
                    }
                    // One run that the server does not take is no reason to keep the others back.
                    progress.note("MLflow does not take run " + run + ": " + e.getMessage());
                    refused = e;
                }
                track.at(sent.size(), run);
            }
            if (refused != null) {
                throw new IOException(
                        "sent " + sent.size() + " runs; " + outbox.runs().size() + " wait on, refused: "
                                + refused.getMessage(),
                        refused);
            }
        }
        Completion completion = sent.isEmpty() ? Completion.ALREADY_DONE : Completion.DONE;
        return new ReplayReport(NAME, settings.url(), completion, sent);
    }
}
