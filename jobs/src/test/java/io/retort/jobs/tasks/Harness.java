package io.retort.jobs.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.environments.LoggedProcess;
import io.retort.jobs.environments.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What lm-evaluation-harness made of tasks over a server.
 *
 * @param results of results.json
 * @param samples of each task, by document and filter
 */
record Harness(JsonNode results, Map<String, List<JsonNode>> samples) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(15);

    /** Runs it, as a user would, offline. */
    static Harness run(Path tasks, List<String> names, int port, Path directory)
            throws IOException, InterruptedException {
        PythonEnvironment python = PythonEnvironment.of("lm-eval");
        ProcessBuilder builder = new ProcessBuilder(
                python.program("lm_eval").toString(),
                "run",
                "--model",
                "local-completions",
                "--model_args",
                "model=tiny,base_url=http://127.0.0.1:" + port + "/v1/completions,max_length=32768",
                "--include_path",
                tasks.toString(),
                "--tasks",
                String.join(",", names),
                "--batch_size",
                "8",
                "--output_path",
                directory.resolve("out").toString(),
                "--log_samples");
        builder.environment()
                .putAll(Map.of(
                        "HF_HOME", directory.resolve("hf").toString(),
                        "HF_HUB_OFFLINE", "1",
                        "HF_DATASETS_OFFLINE", "1",
                        "NO_PROXY", "127.0.0.1",
                        "OMP_NUM_THREADS", "1"));
        LoggedProcess.run(builder, directory.resolve("lm_eval.log"), LIMIT);
        return read(directory.resolve("out"), names);
    }

    private static Harness read(Path out, List<String> names) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walked = Files.walk(out)) {
            walked.filter(Files::isRegularFile).forEach(files::add);
        }
        Map<String, List<JsonNode>> samples = new TreeMap<>();
        for (String name : names) {
            List<JsonNode> rows = new ArrayList<>();
            for (String line : Files.readAllLines(named(files, "samples_" + name + "_2"))) {
                rows.add(MAPPER.readTree(line));
            }
            rows.sort(Comparator.comparing((JsonNode row) -> row.get("doc_id").longValue())
                    .thenComparing(row -> row.get("filter").textValue()));
            samples.put(name, rows);
        }
        return new Harness(MAPPER.readTree(named(files, "results_").toFile()), samples);
    }

    private static Path named(List<Path> files, String begin) {
        return files.stream()
                .filter(file -> file.getFileName().toString().startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("expected a file " + begin + "… of lm_eval in " + files));
    }
}
