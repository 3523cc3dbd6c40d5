package io.retort.bench.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many clients at once against a server of a bundle, on this machine, which clients and server share. Ends with 1 where a
 * request failed; one that was told to come later by 429 is counted apart.
 */
public final class ServingMain {
    private static final int WARMING_SECONDS = 5;
    private static final Map<String, String> DEFAULTS =
            Map.of("--bundle", "", "--clients", "64", "--seconds", "20", "--heap", "256m");

    private ServingMain() {}

    /** Takes {@code --bundle DIR [--clients N] [--seconds N] [--heap SIZE]}. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Map<String, String> options = new TreeMap<>(DEFAULTS);
        for (int i = 0; i < arguments.length; i += 2) {
            if (!DEFAULTS.containsKey(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("expected options of " + options.keySet() + " with a value each");
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        Path bundle = Path.of(options.getOrDefault("--bundle", ""));
        String heap = options.getOrDefault("--heap", "");
        int clients = Integer.parseInt(options.getOrDefault("--clients", ""));
        int seconds = Integer.parseInt(options.getOrDefault("--seconds", ""));
        try (ServedProcess server = ServedProcess.start(bundle, heap)) {
            double idle = server.megabytes("VmRSS");
            Load load = new Load(server.port());
            measure(load, clients, WARMING_SECONDS);
            List<Load.Sample> samples = measure(load, clients, seconds);
            print("clients %d, seconds %d, server's heap at most %s%n", clients, seconds, heap);
            print(
                    "requests %d, failed (warming too) %d, refused with 429 %d, a second %.0f%n",
                    samples.size(), load.failures(), load.refusals(), samples.size() / (double) seconds);
            for (Load.Length length : Load.Length.values()) {
                print(length, samples);
            }
            print(
                    "server's RSS in MB: idle %.0f, under load %.0f, highest %.0f%n",
                    idle, server.megabytes("VmRSS"), server.megabytes("VmHWM"));
            print("exit code of the server after SIGTERM: %d%n", server.stop());
            if (load.failures() > 0) {
                print("what the server said is in %s%n", server.log());
                System.exit(1);
            }
        }
    }

    private static void print(Load.Length length, List<Load.Sample> samples) {
        List<Load.Sample> own = samples.stream()
                .filter(sample -> sample.kind().length() == length)
                .toList();
        if (own.isEmpty()) {
            throw new IllegalStateException("expected answers of length " + length + ", found none");
        }
        double[] rising = own.stream().mapToDouble(Load.Sample::millis).sorted().toArray();
        print(
                "%s answers: %d, of %.0f bytes; latency in ms: median %.1f, 99th percentile %.1f, longest %.1f%n",
                length.name().toLowerCase(Locale.ROOT),
                own.size(),
                own.stream().mapToInt(Load.Sample::bytes).average().orElseThrow(),
                quantile(rising, 0.5),
                quantile(rising, 0.99),
                quantile(rising, 1));
    }

    /** Returns what all clients were answered. */
    private static List<Load.Sample> measure(Load load, int clients, int seconds)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            List<Future<List<Load.Sample>>> running = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                int number = c;
                running.add(threads.submit(() -> load.run(number, deadline)));
            }
            List<Load.Sample> samples = new ArrayList<>();
            for (Future<List<Load.Sample>> part : running) {
                samples.addAll(part.get());
            }
            return samples;
        } finally {
            threads.shutdown();
        }
    }

    private static double quantile(double[] rising, double share) {
        return rising[(int) Math.min(rising.length - 1, Math.ceil(share * rising.length) - 1)];
    }

    private static void print(String format, Object... values) {
        System.out.print(String.format(Locale.ROOT, format, values));
    }
}
