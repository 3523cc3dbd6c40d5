package io.retort.bench.runtime;

import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.ExpertEntry;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Calls each expert of a bundle on one thread, 256 bytes of prompt and 64 of answer: with the expert in memory, and with one
 * expert decoded at a time, so that each call decodes its own from the compressed file first.
 */
public final class CallMain {
    private static final int CALLS = 500;
    private static final int WARM_UP = 200;
    private static final int ANSWER = 64;
    private static final int PROMPT = 256;
    private static final long BOUND = 64L << 20;
    private static final int PERCENT = 100;
    private static final double NANOS_A_MILLISECOND = 1e6;

    /** Of no domain in particular; where an expert ends its answer early, the table shows how many bytes it wrote. */
    private static final byte[] TEXT = "Tom went to the park with a red ball. "
            .repeat(PROMPT / 38 + 1)
            .substring(0, PROMPT)
            .getBytes(StandardCharsets.US_ASCII);

    private CallMain() {}

    /** Takes a bundle's directory. */
    public static void main(String[] arguments) throws IOException {
        Bundle bundle = BundleDirectory.open(Path.of(arguments[0]));
        System.out.println("kernels: " + Kernels.best().description());
        System.out.println(
                "| expert | bytes of answer | in memory: ms, median | 99% | longest | compressed: ms, median | 99%"
                        + " | longest |");
        System.out.println("| --- " + "| ---: ".repeat(7) + "|");
        Retort kept = open(bundle, MemoryOptions.UNLIMITED);
        Retort one = open(bundle, BoundedMemory.of(BOUND).keeping(1));
        List<ExpertEntry> experts = bundle.manifest().experts();
        for (int i = 0; i < experts.size(); i++) {
            String expert = experts.get(i).id();
            String other = experts.get((i + 1) % experts.size()).id();
            int bytes = kept.generate(TEXT, options(), new ExpertSelection.Fixed(expert), ByteListener.NONE)
                    .generation()
                    .bytes()
                    .length;
            System.out.println("| " + expert + " | " + bytes + figures(times(kept, expert, expert))
                    + figures(times(one, expert, other)) + " |");
        }
        System.out.println(
                "\nexperts decoded under one at a time: " + one.memoryUsage().loads());
    }

    private static Retort open(Bundle bundle, MemoryOptions memory) {
        return new Retort(
                bundle, new PerformanceHistory(bundle.manifest().experts().size(), Retort.HISTORY_WINDOW), memory);
    }

    private static GenerationOptions options() {
        return GenerationOptions.greedy(new GenerationLimits(ANSWER));
    }

    /** Milliseconds of each call of an expert, rising; before each another is called, whose time does not count. */
    private static double[] times(Retort retort, String expert, String before) {
        double[] millis = new double[CALLS];
        for (int call = -WARM_UP; call < CALLS; call++) {
            if (!before.equals(expert)) {
                retort.generate(
                        TEXT,
                        GenerationOptions.greedy(new GenerationLimits(1)),
                        new ExpertSelection.Fixed(before),
                        ByteListener.NONE);
            }
            long begun = System.nanoTime();
            retort.generate(TEXT, options(), new ExpertSelection.Fixed(expert), ByteListener.NONE);
            if (call >= 0) {
                millis[call] = (System.nanoTime() - begun) / NANOS_A_MILLISECOND;
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    private static String figures(double[] millis) {
        return String.format(
                Locale.ROOT,
                " | %.2f | %.2f | %.2f",
                millis[CALLS / 2],
                millis[CALLS * (PERCENT - 1) / PERCENT],
                millis[CALLS - 1]);
    }
}
