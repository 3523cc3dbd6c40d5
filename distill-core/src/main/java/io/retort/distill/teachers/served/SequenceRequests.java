package io.retort.distill.teachers.served;

import io.retort.distill.teachers.UnsuitableTeacherException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends sequences to a server, so many at once at most, and hands back what became of each, in order, on the caller's
 * thread. Safe for use by many threads, which share the bound.
 */
final class SequenceRequests implements AutoCloseable {
    /** How many sequences of a caller wait besides those in flight, so that none of the flight is idle. */
    private static final int QUEUE_A_FLIGHT = 2;

    private static final List<Integer> OF_THE_SEQUENCE = List.of(200, 400, 413, 422);

    private final ServerConnection connection;
    private final ServerProtocol protocol;
    private final Check sameModel;
    private final int inFlight;
    private final ExecutorService threads;
    private long outagesChecked;

    /** Makes sure of something by asking the server. */
    @FunctionalInterface
    interface Check {
        void run() throws InterruptedException;
    }

    SequenceRequests(ServerConnection connection, ServerProtocol protocol, Check sameModel, int inFlight) {
        this.connection = connection;
        this.protocol = protocol;
        this.sameModel = sameModel;
        this.inFlight = inFlight;
        this.threads = Executors.newFixedThreadPool(inFlight, task -> {
            Thread thread = new Thread(task, "teacher-requests");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * What became of a sequence.
     *
     * @param scores empty where it was refused
     * @param refusal the server's words, empty where it was not
     */
    record Outcome(Optional<SequenceScores> scores, String refusal) {}

    /** Takes what became of a sequence. */
    @FunctionalInterface
    interface Receiver<T> {
        void accept(int index, T outcome);
    }

    void scores(List<Prompt> prompts, Receiver<Outcome> receiver) {
        all(prompts.size(), index -> score(prompts.get(index)), receiver);
    }

    /**
     * Continuations, as many as prompts.
     *
     * @param wishes one a prompt
     */
    void continuations(List<Prompt> prompts, List<Wish> wishes, Receiver<ServerProtocol.Continuation> receiver) {
        all(prompts.size(), index -> continuation(prompts.get(index), wishes.get(index)), receiver);
    }

    private interface Work<T> {
        T of(int index) throws InterruptedException;
    }

    private <T> void all(int count, Work<T> work, Receiver<T> receiver) {
        Deque<Future<T>> pending = new ArrayDeque<>();
        try {
            int sent = 0;
            for (int received = 0; received < count; received++) {
                while (sent < count && pending.size() < QUEUE_A_FLIGHT * inFlight) {
                    int index = sent++;
                    Callable<T> task = () -> work.of(index);
                    pending.add(threads.submit(task));
                }
                receiver.accept(received, pending.remove().get());
            }
        } catch (InterruptedException e) {
            throw ServedTeacher.interrupted(e);
        } catch (ExecutionException e) {
            throw thrown(e);
        } finally {
            pending.forEach(future -> future.cancel(true));
        }
    }

    private static RuntimeException thrown(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException runtime) {
            return runtime;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return new CancellationException("expected an outcome, found " + e.getCause());
    }

    private Outcome score(Prompt prompt) throws InterruptedException {
        if (prompt.positions() == 0) {
            return new Outcome(Optional.of(new SequenceScores(List.of())), "");
        }
        try {
            SequenceScores scores = protocol.score(connection, prompt);
            checkAfterOutage();
            return new Outcome(Optional.of(scores), "");
        } catch (RefusedRequestException e) {
            return refused(e);
        } catch (FailedRequestException e) {
            // On this sequence or on all? A plain text tells.
            sameModel.run();
            return new Outcome(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private Outcome refused(RefusedRequestException e) {
        if (OF_THE_SEQUENCE.contains(e.status())) {
            return new Outcome(Optional.empty(), String.valueOf(e.getMessage()));
        }
        throw new UnsuitableTeacherException(
                "expected the server at " + connection.where() + " to score, found " + e.getMessage(), e);
    }

    private ServerProtocol.Continuation continuation(Prompt prompt, Wish wish) throws InterruptedException {
        try {
            ServerProtocol.Continuation continuation = protocol.continuation(connection, prompt, wish);
            checkAfterOutage();
            return continuation;
        } catch (RefusedRequestException | FailedRequestException e) {
            throw new UnsuitableTeacherException(
                    "expected the server at " + connection.where() + " to continue a text, found " + e.getMessage(), e);
        }
    }

    /** A server that was away may have come back with another model: looked into before its answer is handed on. */
    private synchronized void checkAfterOutage() throws InterruptedException {
        long outages = connection.outages();
        if (outages != outagesChecked) {
            sameModel.run();
            outagesChecked = outages;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
