package io.retort.distill.teachers.served;

import io.retort.distill.teachers.RefusedTextException;
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
import java.util.function.ToIntFunction;

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
        all(prompts, this::score, receiver);
    }

    /**
     * Continuations, as many as prompts.
     *
     * @throws RefusedTextException if the server refuses a prompt
     */
    void continuations(
            List<Prompt> prompts, ToIntFunction<Prompt> mostTokens, Receiver<ServerProtocol.Continuation> receiver) {
        all(prompts, prompt -> continuation(prompt, mostTokens.applyAsInt(prompt)), receiver);
    }

    private interface Work<T> {
        T of(Prompt prompt) throws InterruptedException;
    }

    private <T> void all(List<Prompt> prompts, Work<T> work, Receiver<T> receiver) {
        Deque<Future<T>> pending = new ArrayDeque<>();
        try {
            int sent = 0;
            for (int received = 0; received < prompts.size(); received++) {
                while (sent < prompts.size() && pending.size() < QUEUE_A_FLIGHT * inFlight) {
                    Prompt prompt = prompts.get(sent++);
                    Callable<T> task = () -> work.of(prompt);
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
                "expected the server at " + connection.where() + " to answer, found " + e.getMessage(), e);
    }

    private ServerProtocol.Continuation continuation(Prompt prompt, int mostTokens) throws InterruptedException {
        try {
            ServerProtocol.Continuation continuation = protocol.continuation(connection, prompt, mostTokens);
            checkAfterOutage();
            return continuation;
        } catch (RefusedRequestException e) {
            throw new RefusedTextException(refused(e).refusal());
        } catch (FailedRequestException e) {
            sameModel.run();
            throw new RefusedTextException(String.valueOf(e.getMessage()));
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
