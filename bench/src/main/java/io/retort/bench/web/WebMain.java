package io.retort.bench.web;

import io.retort.bench.Ratios;
import io.retort.inference.Retort;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.scoring.GenerationLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers the same prompts from the same bundle in the JVM, in Node and in browsers that are installed, and prints bytes a
 * second, read and written, with the ratio to the JVM. Hosts take turns, a round each, so that all meet the same machine;
 * ratios are medians over rounds with 95% intervals. All answer what the JVM answers, or the bench fails.
 */
public final class WebMain {
    private static final int ROUNDS = 15;
    private static final int WARM_UP = 6;
    private static final int MAX_BYTES = 200;

    /** A few of each kind that the quickstart's experts know, and one that they do not. */
    private static final List<String> PROMPTS = List.of(
            "84 + 154 =\n",
            "What is 61 - 53?\n",
            "Carl is older than Clara. Adam is older than Carl.\nWho is the oldest?\n",
            "def fetu(p):\n    \"\"\"Start at 2 and add up 3 times the numbers from 1 to p.\"\"\"\n    # fetu(12) == 236\n",
            "taxi(start: string, goal: string)\nalarm(delay: integer, sound: bell|horn|harp)\nUser: I need a ride to Pari"
                    + " from Vilosa.\n",
            "One day Emma finds a brown kite at the school. The code of sade is gold. The code of dodo is book.\nWhat is"
                    + " the code of sade?\n",
            "Why is the sky blue?\n",
            "hello\n");

    private WebMain() {}

    /** Takes a bundle's directory. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected the directory of a bundle, found " + List.of(arguments));
        }
        Path bundle = Path.of(arguments[0]).toAbsolutePath();
        Path npm = Path.of("inference-web/target/npm").toAbsolutePath();
        Path scratch = Files.createTempDirectory("retort-web");
        Map<WebHost, Process> running = new LinkedHashMap<>();
        Map<String, Path> directories = Map.of("npm", npm, "bundle", bundle, "web", Path.of("bench/web"));
        try (RoundServer server = new RoundServer(directories, prompts())) {
            for (WebHost host : WebHost.ALL) {
                if (host.isInstalled()) {
                    running.put(host, host.start(server.origin(), npm, scratch));
                } else {
                    System.out.println(host.name() + ": left out, " + host.program() + " is not installed");
                }
            }
            measure(Retort.open(bundle), server, List.copyOf(running.keySet()));
        } finally {
            for (Process process : running.values()) {
                WebHost.end(process);
            }
            deleteAll(scratch);
        }
    }

    private static JsonObject prompts() {
        List<JsonValue> texts = new ArrayList<>();
        PROMPTS.forEach(prompt -> texts.add(new JsonString(prompt)));
        return new JsonObject(Map.of("prompts", new JsonArray(texts), "maxBytes", JsonNumber.of((long) MAX_BYTES)));
    }

    private static void measure(Retort retort, RoundServer server, List<WebHost> hosts)
            throws IOException, InterruptedException {
        double[] jvm = new double[ROUNDS];
        double[][] others = new double[hosts.size()][ROUNDS];
        long bytes = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            RoundServer.Round own = answerAll(retort);
            bytes = bytesOf(own.written());
            jvm[Math.max(0, round)] = own.seconds();
            for (int h = 0; h < hosts.size(); h++) {
                RoundServer.Round other = server.round(hosts.get(h).name());
                if (!other.written().equals(own.written())) {
                    throw new IOException("expected of " + hosts.get(h).name() + " what the JVM wrote, found "
                            + other.written() + " for " + own.written());
                }
                others[h][Math.max(0, round)] = other.seconds();
            }
        }
        for (WebHost host : hosts) {
            server.finish(host.name());
        }
        System.out.printf(Locale.ROOT, "%-22s %9s  %s%n", "", "bytes/s", "of the JVM's");
        System.out.printf(Locale.ROOT, "%-22s %9.0f%n", "JVM", bytes / Ratios.median(jvm));
        for (int h = 0; h < hosts.size(); h++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %9.0f  %s%n",
                    hosts.get(h).name(),
                    bytes / Ratios.median(others[h]),
                    Ratios.of(jvm, others[h]));
        }
        System.out.println("bytes of prompts and answers, " + bytes + " a round; " + ROUNDS + " rounds");
    }

    private static RoundServer.Round answerAll(Retort retort) {
        long began = System.nanoTime();
        StringBuilder written = new StringBuilder();
        for (String prompt : PROMPTS) {
            byte[] answer = retort.generate(prompt.getBytes(StandardCharsets.UTF_8), new GenerationLimits(MAX_BYTES))
                    .generation()
                    .bytes();
            written.append(new String(answer, StandardCharsets.UTF_8)).append('\0');
        }
        return new RoundServer.Round((System.nanoTime() - began) / 1e9, written.toString());
    }

    private static long bytesOf(String written) {
        long bytes = written.getBytes(StandardCharsets.UTF_8).length - PROMPTS.size();
        for (String prompt : PROMPTS) {
            bytes += prompt.getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
