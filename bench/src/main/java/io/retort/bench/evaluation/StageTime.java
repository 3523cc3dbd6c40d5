package io.retort.bench.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Spark's own event log says of an application's first stage, in which documents are answered.
 *
 * @param seconds from the launch of the first task to the end of the last
 * @param processorSeconds of the tasks' threads
 * @param firstTasksSeconds how long the first task of an executor took, on average
 * @param otherTasksSeconds how long each other one took, on average
 * @param idleSeconds from an executor's last end to the stage's, summed over executors
 */
record StageTime(
        double seconds,
        double processorSeconds,
        double firstTasksSeconds,
        double otherTasksSeconds,
        double idleSeconds) {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    /** Reads the only log below a directory. */
    static StageTime read(Path directory) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, List<JsonNode>> byExecutor = new HashMap<>();
        try (Stream<Path> walked = Files.walk(directory)) {
            for (Path file : walked.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.contains("\"SparkListenerTaskEnd\"")) {
                        JsonNode event = json.readTree(line);
                        if (event.get("Stage ID").intValue() == 0) {
                            byExecutor
                                    .computeIfAbsent(
                                            event.at("/Task Info/Executor ID").asText(), name -> new ArrayList<>())
                                    .add(event);
                        }
                    }
                }
            }
        }
        return of(byExecutor);
    }

    private static StageTime of(Map<String, List<JsonNode>> byExecutor) {
        List<JsonNode> all = byExecutor.values().stream().flatMap(List::stream).toList();
        double begin = all.stream().mapToDouble(StageTime::launched).min().orElseThrow();
        double end = all.stream().mapToDouble(StageTime::ended).max().orElseThrow();
        double first = 0;
        double idle = 0;
        for (List<JsonNode> tasks : byExecutor.values()) {
            tasks.sort((a, b) -> Double.compare(launched(a), launched(b)));
            first += ended(tasks.get(0)) - launched(tasks.get(0));
            idle += end - tasks.stream().mapToDouble(StageTime::ended).max().orElseThrow();
        }
        double total =
                all.stream().mapToDouble(task -> ended(task) - launched(task)).sum();
        return new StageTime(
                end - begin,
                all.stream()
                        .mapToDouble(task ->
                                task.at("/Task Metrics/Executor CPU Time").asDouble() / NANOS)
                        .sum(),
                first / byExecutor.size(),
                (total - first) / Math.max(1, all.size() - byExecutor.size()),
                idle);
    }

    private static double launched(JsonNode task) {
        return task.at("/Task Info/Launch Time").asDouble() / MILLIS;
    }

    private static double ended(JsonNode task) {
        return task.at("/Task Info/Finish Time").asDouble() / MILLIS;
    }
}
