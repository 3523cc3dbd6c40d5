package io.retort.bench.teachers;

import com.sun.management.OperatingSystemMXBean;
import io.retort.bench.Ratios;
import io.retort.distill.teachers.Teacher;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A teacher's work on some sequences, timed: whole distributions at every position, handed over in Java.
 *
 * @param sequences token ids without beginning-of-sequence
 */
record Scoring(Teacher teacher, List<int[]> sequences) {
    private static final int WARM_UP = 4;
    private static final double NANOS = 1e9;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * What a round took and came to.
     *
     * @param seconds wall time
     * @param processorSeconds of the whole process, collection of garbage included
     * @param logLikelihood of all tokens, nats
     */
    record Outcome(double seconds, double processorSeconds, double logLikelihood) {}

    /** Rounds whose times do not count: the compiler is still at work. */
    void warmUp() {
        for (int i = 0; i < WARM_UP; i++) {
            score();
        }
    }

    /** One round in this thread. */
    Outcome score() {
        double[] sum = new double[1];
        long processor = processorNanos();
        long begun = System.nanoTime();
        teacher.score(
                sequences,
                (sequence, position, logProbabilities) ->
                        sum[0] += logProbabilities[sequences.get(sequence)[position]]);
        return new Outcome((System.nanoTime() - begun) / NANOS, (processorNanos() - processor) / NANOS, sum[0]);
    }

    /**
     * Prints how much more two threads do than one, each with all sequences, as two tasks of an executor have it; and, as
     * other work on the machine has less influence on it, what a token costs then in processor time.
     */
    void printScaling(int rounds) throws InterruptedException {
        double[] one = new double[rounds];
        double[] two = new double[rounds];
        double[] oneProcessor = new double[rounds];
        double[] twoProcessor = new double[rounds];
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            inParallel(threads);
            for (int round = 0; round < rounds; round++) {
                Outcome alone = score();
                one[round] = 2 * alone.seconds();
                oneProcessor[round] = 2 * alone.processorSeconds();
                long processor = processorNanos();
                two[round] = inParallel(threads);
                twoProcessor[round] = (processorNanos() - processor) / NANOS;
            }
        } finally {
            threads.shutdown();
        }
        System.out.printf(
                Locale.ROOT,
                "two tasks do %s times as much as one, at %s times the processor time a token%n",
                Ratios.of(one, two),
                Ratios.of(twoProcessor, oneProcessor));
    }

    /** With the resolution of the system's clock ticks, which is ten milliseconds on Linux. */
    private static long processorNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    private double inParallel(ExecutorService threads) throws InterruptedException {
        long begun = System.nanoTime();
        List<Future<Outcome>> tasks = new ArrayList<>();
        for (int task = 0; task < 2; task++) {
            tasks.add(threads.submit(this::score));
        }
        try {
            for (Future<Outcome> task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("expected a task to score, found a fault", e.getCause());
        }
        return (System.nanoTime() - begun) / NANOS;
    }
}
