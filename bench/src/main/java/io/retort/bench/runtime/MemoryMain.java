package io.retort.bench.runtime;

import io.retort.bench.RandomModels;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.MemoryUsage;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import java.io.IOException;
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

/**
 * Calls experts of a bundle of 100 with 50,000 parameters each at random, 256 bytes of prompt and up to 64 of answer, once with
 * all in memory and once under a bound of 8 MiB, and prints the time of calls and the heap that is alive while the bundle is opened
 * and while they run, beyond what it was before. Ends with 1 where that passes the bound by more than 4 MiB, which is for what no
 * bound counts: the bundle's lists and router, and what one call and one decoding allocate.
 */
public final class MemoryMain {
    private static final int EXPERTS = 100;
    private static final long PARAMETERS = 50_000;
    private static final long BOUND = 8L << 20;
    private static final long BESIDE = 4L << 20;
    private static final int CALLS = 2000;
    private static final int WARM_UP = 300;
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
        RandomModels.write(Files.createDirectories(directory), EXPERTS, PARAMETERS);
        long stored = 0;
        for (int e = 0; e < EXPERTS; e++) {
            stored += Files.size(directory.resolve(BundleNames.weights("e" + e)));
        }
        System.out.printf(
                Locale.ROOT,
                "%d experts of %,d parameters, stored in %.1f MiB%n%n",
                EXPERTS,
                PARAMETERS,
                stored / MEBIBYTE);
        System.out.println(
                "| memory | threads | calls | ms, median | ms, 99% | ms, longest | heap while opening, MiB | heap while calling, MiB"
                        + " | says it holds, MiB | decoded | compressed, of their files | loads | given up |");
        System.out.println("| --- " + "| ---: ".repeat(12) + "|");
        measure(directory, "all", MemoryOptions.UNLIMITED, 1);
        long most = Math.max(
                measure(directory, "8 MiB", BoundedMemory.of(BOUND), 1),
                measure(directory, "8 MiB", BoundedMemory.of(BOUND), 4));
        System.out.printf(Locale.ROOT, "%nresident set at most: %s%n", residentSet());
        if (most > BOUND + BESIDE) {
            System.err.printf(
                    Locale.ROOT,
                    "expected a heap of at most the bound and 4 MiB, %d bytes, found %d%n",
                    BOUND + BESIDE,
                    most);
            System.exit(1);
        }
    }

    /** Returns the largest heap, opening included. */
    private long measure(Path directory, String name, MemoryOptions memory, int threads)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long before = HeapWatch.liveBytes();
        HeapWatch opening = new HeapWatch(before);
        Retort retort = Retort.open(directory, BundleDirectory.anyone(), memory);
        long opened = opening.most();
        calls(retort, pool, threads, WARM_UP);
        double[] millis = calls(retort, pool, threads, CALLS);
        // As many calls again, which the collections would make slower.
        HeapWatch calling = new HeapWatch(before);
        calls(retort, pool, threads, CALLS);
        long called = calling.most();
        pool.shutdown();
        MemoryUsage usage = retort.memoryUsage();
        long files = retort.bundle().experts().get(0).file().bytes() * (long) usage.compressed();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %d | %d, %.2f | %d | %d |%n",
                name,
                threads,
                CALLS,
                millis[CALLS / 2],
                millis[CALLS * 99 / PERCENT],
                millis[CALLS - 1],
                opened / MEBIBYTE,
                called / MEBIBYTE,
                usage.usedBytes() / MEBIBYTE,
                usage.experts(),
                usage.compressed(),
                files == 0 ? 0 : usage.compressedBytes() / (double) files,
                usage.loads(),
                usage.evictions());
        return Math.max(opened, called);
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

    private static String residentSet() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("not known on this system");
    }
}
