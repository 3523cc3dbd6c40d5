package io.retort.bench.runtime;

import io.retort.bench.RandomModels;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls experts of a bundle of 100 with 50,000 parameters each at random, 256 bytes of prompt and up to 64 of answer, once with
 * all in memory and once under a bound of 8 MiB, and prints the time of calls and the heap that is alive while they run beyond
 * what it was before the bundle was opened.
 */
public final class MemoryMain {
    private static final int EXPERTS = 100;
    private static final long PARAMETERS = 50_000;
    private static final long BOUND = 8L << 20;
    private static final int CALLS = 2000;
    private static final int WARM_UP = 300;
    private static final int HEAP_SAMPLES = 1000;
    private static final double MEBIBYTE = 1 << 20;
    private static final double NANOS_A_MILLISECOND = 1e6;
    private static final int PERCENT = 100;

    private final byte[] prompt =
            "Tom went to the park with a red ball. ".repeat(7).substring(0, 256).getBytes(StandardCharsets.US_ASCII);
    private final GenerationOptions options = GenerationOptions.greedy(new GenerationLimits(64));

    private MemoryMain() {}

    /** Takes a directory to write the bundle to. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        new MemoryMain().run(Path.of(arguments[0]));
    }

    private void run(Path directory) throws IOException, InterruptedException, ExecutionException {
        System.out.println("kernels: " + Kernels.best().description());
        Bundle bundle = RandomModels.bundle(Files.createDirectories(directory), EXPERTS, PARAMETERS);
        long stored = bundle.experts().stream()
                .mapToLong(expert -> expert.file().bytes())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%d experts of %,d parameters, stored in %.1f MiB%n%n",
                EXPERTS,
                PARAMETERS,
                stored / MEBIBYTE);
        System.out.println(
                "| memory | threads | calls | ms, median | ms, 99% | ms, longest | heap beyond the beginning, MiB"
                        + " | says it holds, MiB | decoded | compressed, of their files | loads | given up |");
        System.out.println("| --- " + "| ---: ".repeat(11) + "|");
        measure(bundle, "all", MemoryOptions.UNLIMITED, 1);
        measure(bundle, "8 MiB", BoundedMemory.of(BOUND), 1);
        measure(bundle, "8 MiB", BoundedMemory.of(BOUND), 4);
        System.out.printf(Locale.ROOT, "%nresident set at most: %s%n", residentSet());
    }

    private void measure(Bundle bundle, String name, MemoryOptions memory, int threads)
            throws InterruptedException, ExecutionException {
        long before = liveBytes();
        Retort retort = new Retort(bundle, new PerformanceHistory(EXPERTS, Retort.HISTORY_WINDOW), memory);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        calls(retort, pool, threads, WARM_UP);
        double[] millis = calls(retort, pool, threads, CALLS);
        AtomicBoolean running = new AtomicBoolean(true);
        Future<Long> most = Executors.newSingleThreadExecutor(MemoryMain::daemon)
                .submit(() -> {
                    long largest = 0;
                    for (int i = 0; i < HEAP_SAMPLES && running.get(); i++) {
                        largest = Math.max(largest, liveBytes() - before);
                    }
                    return largest;
                });
        // As many calls again, which the collections would make slower.
        calls(retort, pool, threads, CALLS);
        running.set(false);
        long heap = most.get();
        pool.shutdown();
        io.retort.inference.memory.MemoryUsage usage = retort.memoryUsage();
        long files = bundle.experts().get(0).file().bytes() * (long) usage.compressed();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %d | %d, %.2f | %d | %d |%n",
                name,
                threads,
                CALLS,
                millis[CALLS / 2],
                millis[CALLS * 99 / PERCENT],
                millis[CALLS - 1],
                heap / MEBIBYTE,
                usage.usedBytes() / MEBIBYTE,
                usage.experts(),
                usage.compressed(),
                files == 0 ? 0 : usage.compressedBytes() / (double) files,
                usage.loads(),
                usage.evictions());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    /** Milliseconds of each call, rising. */
    private double[] calls(Retort retort, ExecutorService pool, int threads, int count)
            throws InterruptedException, ExecutionException {
        double[] millis = new double[count];
        Future<?>[] done = new Future<?>[threads];
        for (int t = 0; t < threads; t++) {
            int first = t;
            done[t] = pool.submit(() -> {
                SplittableRandom random = new SplittableRandom(first);
                for (int call = first; call < count; call += threads) {
                    ExpertSelection expert = new ExpertSelection.Fixed("e" + random.nextInt(EXPERTS));
                    long begun = System.nanoTime();
                    retort.generate(prompt, options, expert, ByteListener.NONE);
                    millis[call] = (System.nanoTime() - begun) / NANOS_A_MILLISECOND;
                }
            });
        }
        for (Future<?> each : done) {
            each.get();
        }
        Arrays.sort(millis);
        return millis;
    }

    /** What a collection left, whatever was allocated behind it. */
    private static long liveBytes() {
        System.gc();
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            bytes += left == null ? 0 : left.getUsed();
        }
        return bytes;
    }

    private static String residentSet() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("not known on this system");
    }
}
