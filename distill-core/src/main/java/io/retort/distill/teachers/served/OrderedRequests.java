package io.retort.distill.teachers.served;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends so many requests at once at most, and hands back what became of each, in order, on the caller's thread. Safe for use
 * by many threads, which share the bound.
 */
final class OrderedRequests implements AutoCloseable {
    /** How many requests of a caller wait besides those in flight, so that none of the flight is idle. */
    private static final int QUEUE_A_FLIGHT = 2;

    private final int inFlight;
    private final ExecutorService threads;

    OrderedRequests(int inFlight) {
        this.inFlight = inFlight;
        this.threads = Executors.newFixedThreadPool(inFlight, task -> {
            Thread thread = new Thread(task, "teacher-requests");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** One of the requests, by its index. */
    @FunctionalInterface
    interface Request<T> {
        T send(int index) throws InterruptedException;
    }

    /** Takes what became of a request. */
    @FunctionalInterface
    interface Receiver<T> {
        void accept(int index, T outcome);
    }

    <T> void send(int count, Request<T> request, Receiver<T> receiver) {
        Deque<Future<T>> pending = new ArrayDeque<>();
        try {
            int sent = 0;
            for (int received = 0; received < count; received++) {
                while (sent < count && pending.size() < QUEUE_A_FLIGHT * inFlight) {
                    int index = sent++;
                    Callable<T> task = () -> request.send(index);
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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
