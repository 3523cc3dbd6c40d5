package io.retort.bench.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.bench.PythonPrograms;
import io.retort.bench.PythonRival;
import io.retort.bench.Rival;
import io.retort.bench.serving.ServedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Documents a second of one task over one bundle: {@code retort evaluate --tasks} with one core and with two,
 * lm-evaluation-harness over {@code serve}, and a loop in PyTorch over the same weights.
 */
public final class EvaluateMain {
    private static final int DOCUMENTS = 4000;
    private static final int FEW = 40;
    private static final int MANY = 160;
    private static final int LOOPED = 40;

    private final Path bundle;
    private final Path directory;

    private EvaluateMain(Path bundle, Path directory) {
        this.bundle = bundle;
        this.directory = directory;
    }

    /**
     * Takes a bundle's directory, and {@code --without-torch} where there is no room for PyTorch, or what
     * {@link ExecutorsBench} takes.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 1) {
            throw new IllegalArgumentException(
                    "expected BUNDLE [--without-torch | --executors [DOCUMENTS [ROUNDS [unbound]]]], found nothing");
        }
        Path bundle = Path.of(arguments[0]).toAbsolutePath();
        Path directory = Files.createTempDirectory("retort-bench-evaluate");
        try {
            if (arguments.length > 1 && arguments[1].equals("--executors")) {
                new ExecutorsBench(bundle, directory).run(List.of(arguments).subList(2, arguments.length));
            } else {
                new EvaluateMain(bundle, directory).run(arguments.length == 1);
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> walked = Files.walk(directory)) {
            for (Path path : walked.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    private void run(boolean torch) throws IOException, InterruptedException {
        SumsTask.write(directory.resolve("tasks"), DOCUMENTS);
        double harness = harness();
        print("lm-evaluation-harness, batches of 16", harness, harness);
        if (torch) {
            print("loop in PyTorch, all experts", torch(), harness);
        }
        double one = ours("read", 1);
        print("retort evaluate, all experts as over HTTP, one core", one, harness);
        double two = ours("read", 2);
        print("retort evaluate, all experts as over HTTP, two cores", two, harness);
        print("retort evaluate, the experts that the prompt chooses, two cores", ours("choose", 2), harness);
        System.out.println(String.format(Locale.ROOT, "two cores: %.2f times one", two / one));
    }

    private static void print(String who, double rate, double harness) {
        System.out.println(String.format(
                Locale.ROOT, "%-64s %8.1f documents/s %7.1f times the harness", who, rate, rate / harness));
    }

    /** Without the session's start, which the job's record leaves out. */
    private double ours(String contexts, int cores) throws IOException, InterruptedException {
        Path workspace = directory.resolve(contexts + cores);
        call(
                List.of(
                        "bin/retort",
                        "evaluate",
                        "--tasks",
                        directory.resolve("tasks").toString(),
                        "--bundle",
                        bundle.toString(),
                        "--contexts",
                        contexts,
                        "--workspace",
                        workspace.toString(),
                        "--set",
                        "spark.master=local[" + cores + "]"),
                Map.of());
        try (Stream<Path> files = Files.walk(workspace.resolve("runs"))) {
            Path events = files.filter(file -> file.endsWith("events.jsonl"))
                    .findFirst()
                    .orElseThrow();
            for (String line : Files.readAllLines(events)) {
                JsonNode seconds = new ObjectMapper().readTree(line).findValue("seconds");
                if (line.contains("\"answered\"") && seconds != null) {
                    return DOCUMENTS / seconds.doubleValue();
                }
            }
        }
        throw new IOException("expected an event of documents answered in " + workspace);
    }

    /** By the difference of two runs, so that its start does not count. */
    private double harness() throws IOException, InterruptedException {
        String environment = PythonPrograms.environment("lm-eval").toString();
        try (ServedProcess server = ServedProcess.start(bundle, "512m")) {
            double few = harness(environment, server.port(), FEW);
            double many = harness(environment, server.port(), MANY);
            if (many <= few) {
                throw new IOException("expected " + MANY + " documents to take longer than " + FEW + ", found " + many
                        + " and " + few + " s: the machine is too busy to measure");
            }
            return (MANY - FEW) / (many - few);
        }
    }

    private double harness(String environment, int port, int limit) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        call(
                List.of(
                        environment + "/bin/lm_eval",
                        "run",
                        "--model",
                        "local-completions",
                        "--model_args",
                        "model=" + Objects.requireNonNull(bundle.getParent()).getFileName()
                                + ",base_url=http://127.0.0.1:" + port + "/v1/completions",
                        "--include_path",
                        directory.resolve("tasks").toString(),
                        "--tasks",
                        SumsTask.NAME,
                        "--batch_size",
                        "16",
                        "--limit",
                        String.valueOf(limit)),
                Map.of(
                        "HF_HOME",
                        directory.resolve("hf").toString(),
                        "HF_HUB_OFFLINE",
                        "1",
                        "HF_DATASETS_OFFLINE",
                        "1"));
        return (System.nanoTime() - begun) / 1e9;
    }

    private double torch() throws IOException, InterruptedException {
        try (PythonRival rival = new PythonRival(
                "ensemble_score.py",
                bundle.toString(),
                directory.resolve("tasks").toString())) {
            System.err.println(rival.name());
            Rival.Round round = rival.round(String.valueOf(LOOPED));
            return LOOPED / round.seconds();
        }
    }

    private void call(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path log = directory.resolve("call.log");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new IOException("expected " + command.get(0) + " to succeed, found: " + Files.readString(log));
        }
    }
}
