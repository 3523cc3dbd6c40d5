package io.retort.inference.batches;

import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.scoring.ScoringRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scores many continuations with a runtime by several threads. The scores are those of {@link Retort#logLikelihoods}, whatever
 * the number of threads. Thread-safe; each call has threads of its own.
 */
public final class BatchScoring {
    private final Retort retort;
    private final int threads;

    /** @param threads at least 1; the processors of the machine are a good number */
    public BatchScoring(Retort retort, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least 1 thread, found " + threads);
        }
        this.retort = retort;
        this.threads = threads;
    }

    /**
     * Returns the log-likelihoods in nats of continuations, in order. Neighbours that share a context share the work of reading
     * it.
     *
     * @throws IllegalArgumentException where context and continuation pass {@link Retort#MAX_SYMBOLS}, of the first that does
     * @throws CancellationException where the calling thread is interrupted; it stays interrupted
     */
    public double[] logLikelihoods(List<ScoringRequest> requests, ExpertSelection selection) {
        List<List<ScoringRequest>> groups = groups(requests);
        double[][] scores = new double[groups.size()][];
        AtomicInteger next = new AtomicInteger();
        int workers = Math.min(threads, groups.size());
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, workers));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < workers; w++) {
                running.add(pool.submit(() -> {
                    for (int g = next.getAndIncrement();
                            g < scores.length && !Thread.interrupted();
                            g = next.getAndIncrement()) {
                        scores[g] = retort.logLikelihoods(groups.get(g), selection);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while texts were scored");
        } finally {
            pool.shutdownNow();
        }
        return Arrays.stream(scores).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Neighbours of one context together. */
    private static List<List<ScoringRequest>> groups(List<ScoringRequest> requests) {
        List<List<ScoringRequest>> groups = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= requests.size(); to++) {
            boolean same = to < requests.size()
                    && Arrays.equals(
                            requests.get(from).context(), requests.get(to).context());
            if (!same) {
                groups.add(requests.subList(from, to));
                from = to;
            }
        }
        return groups;
    }
}
