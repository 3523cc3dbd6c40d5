package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.jobs.workspaces.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The figures that a run's events hold: losses by step under {@code <series>-loss/<expert>}, progress by step under
 * {@code progress/<figure>}, and every number of the report under its path in the report.
 */
final class RunMetrics {
    private static final int MOST_OF_A_REPORT = 400;
    private static final Set<String> NO_FIGURES = Set.of("version", "formatVersion", "seed");

    private final List<RunDraft.Metric> metrics = new ArrayList<>();

    private RunMetrics() {}

    /** The metrics of a run by its events, a JSON object a line. */
    static List<RunDraft.Metric> of(String events) {
        RunMetrics found = new RunMetrics();
        events.lines().filter(line -> !line.isBlank()).forEach(line -> found.add(Json.parse(line, JsonNode.class)));
        return found.metrics;
    }

    private void add(JsonNode event) {
        long time = Instant.parse(event.path("time").asText()).toEpochMilli();
        switch (event.path("event").asText()) {
            case "loss" ->
                add(
                        event.path("series").asText() + "-loss/"
                                + event.path("expert").asText(),
                        event.path("loss"),
                        time,
                        event.path("step").asLong());
            case "progress" -> progress(event, time);
            case "finished" ->
                FlatJson.leaves(event.path("report"), MOST_OF_A_REPORT).forEach((path, leaf) -> {
                    if (!NO_FIGURES.contains(path.substring(path.lastIndexOf('.') + 1))) {
                        add(path, leaf, time, 0);
                    }
                });
            default -> {
                // Other events are for people, who find them in events.jsonl.
            }
        }
    }

    private void progress(JsonNode event, long time) {
        Iterator<Map.Entry<String, JsonNode>> fields = event.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!field.getKey().equals("step")) {
                add(
                        "progress/" + field.getKey(),
                        field.getValue(),
                        time,
                        event.path("step").asLong());
            }
        }
    }

    private void add(String name, JsonNode value, long time, long step) {
        if (value.isNumber() && Double.isFinite(value.asDouble())) {
            metrics.add(new RunDraft.Metric(FlatJson.key(name), value.asDouble(), time, step));
        }
    }
}
