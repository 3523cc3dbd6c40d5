package io.retort.inference.server;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that answer, and how many requests may wait for them. A request holds a slot from the time it is read until its
 * answer is written; where none is free it is refused at once. Thread-safe.
 */
final class GenerationQueue implements AutoCloseable {
    private static final int LONGEST_RETRY_SECONDS = 30;
    /** How much the last request moves the average of what a request takes. */
    private static final double NEWEST = 0.1;

    private final int slots;
    private final Semaphore free;
    private final Semaphore reading;
    private final ThreadPoolExecutor workers;
    // Guarded by this.
    private double averageSeconds;

    GenerationQueue(int threads, int waiting) {
        slots = Math.addExact(threads, waiting);
        free = new Semaphore(slots);
        reading = new Semaphore(threads);
        AtomicInteger count = new AtomicInteger();
        workers = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "retort-answer-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Work that reads a request. */
    @FunctionalInterface
    interface Reading<T> {
        T read();
    }

    /**
     * Takes a slot until {@link #leave}.
     *
     * @throws ApiException 429 where none is free, which {@code metrics} count
     */
    void enter(ServerMetrics metrics) {
        if (!free.tryAcquire()) {
            metrics.rejected();
            throw ApiException.of(429, "as many requests are being answered and wait as this server takes; try again");
        }
    }

    /** @param seconds for which the slot was held */
    void leave(double seconds) {
        synchronized (this) {
            averageSeconds += NEWEST * (seconds - averageSeconds);
        }
        free.release();
    }

    /** Does {@code work} in this thread, with no more beside it than there are workers: JSON takes many times its bytes. */
    <T> T read(Reading<T> work) throws InterruptedException {
        reading.acquire();
        try {
            return work.read();
        } finally {
            reading.release();
        }
    }

    void execute(AnswerTask task) {
        workers.execute(task);
    }

    /** Takes a task away that nobody waits for. */
    void withdraw(AnswerTask task) {
        task.cancel();
        workers.remove(task);
    }

    /** Returns after how many seconds a refused client may find a slot: half of what one is held for, at least 1. */
    synchronized int retrySeconds() {
        return (int) Math.max(1, Math.min(LONGEST_RETRY_SECONDS, Math.ceil(averageSeconds / 2)));
    }

    /** Returns how many requests hold a slot. */
    int inFlight() {
        return slots - free.availablePermits();
    }

    /** Returns how many requests wait for a thread. */
    int waiting() {
        return workers.getQueue().size();
    }

    /** Returns how many requests are being answered now. */
    int running() {
        return workers.getActiveCount();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
