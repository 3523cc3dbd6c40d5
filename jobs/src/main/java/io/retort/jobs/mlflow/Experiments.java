package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Experiments of a server and the runs in them. */
record Experiments(MlflowServer server) {
    private static final int MOST = 100;
    /** Makes MLflow's pages show what trains models, and not what traces conversations. */
    private static final Map<String, String> KIND =
            Map.of("key", "mlflow.experimentKind", "value", "custom_model_development");

    /** The id of the experiment of that name, which is made if need be. */
    String id(String name) throws IOException, InterruptedException {
        try {
            return named(name);
        } catch (MlflowException e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
        try {
            return server.postOnce("experiments/create", Map.of("name", name, "tags", List.of(KIND)))
                    .path("experiment_id")
                    .asText();
        } catch (MlflowException e) {
            if (e.isThere()) {
                // Another run made it in between.
                return named(name);
            }
            throw e;
        }
    }

    private String named(String name) throws IOException, InterruptedException {
        JsonNode experiment = server.get("experiments/get-by-name", Map.of("experiment_name", name))
                .path("experiment");
        return experiment.path("experiment_id").asText();
    }

    /** The runs with a tag of this value, the oldest first. */
    List<JsonNode> tagged(String experiment, String tag, String value) throws IOException, InterruptedException {
        return search(experiment, "tags.`" + tag + "` = '" + value.replace("'", "") + "'");
    }

    /** The latest run that made the thing of an id. */
    Optional<JsonNode> maker(String experiment, String id) throws IOException, InterruptedException {
        List<JsonNode> makers = search(experiment, "tags.`" + RunTags.made(id) + "` LIKE '%'");
        return makers.isEmpty() ? Optional.empty() : Optional.of(makers.get(makers.size() - 1));
    }

    /** Makes a run. */
    JsonNode create(String experiment, String name, long startMillis, SortedMap<String, String> tags)
            throws IOException, InterruptedException {
        return server.postOnce(
                        "runs/create",
                        Map.of(
                                "experiment_id",
                                experiment,
                                "run_name",
                                name,
                                "start_time",
                                startMillis,
                                "tags",
                                list(tags)))
                .path("run");
    }

    /** Tags or parameters as MLflow takes them. */
    static List<Map<String, String>> list(SortedMap<String, String> tags) {
        List<Map<String, String>> list = new ArrayList<>();
        tags.forEach((key, value) -> list.add(Map.of("key", key, "value", value)));
        return list;
    }

    /** Tags or parameters as MLflow gives them. */
    static SortedMap<String, String> values(JsonNode list) {
        SortedMap<String, String> values = new TreeMap<>();
        list.forEach(
                each -> values.put(each.path("key").asText(), each.path("value").asText()));
        return values;
    }

    private List<JsonNode> search(String experiment, String filter) throws IOException, InterruptedException {
        JsonNode found = server.post(
                "runs/search", Map.of("experiment_ids", List.of(experiment), "filter", filter, "max_results", MOST));
        List<JsonNode> runs = new ArrayList<>();
        found.path("runs").forEach(runs::add);
        runs.sort(Comparator.comparingLong(
                        (JsonNode run) -> run.path("info").path("start_time").asLong())
                .thenComparing(run -> run.path("info").path("run_id").asText()));
        return runs;
    }

    /** The value of a run's tag. */
    static Optional<String> tag(JsonNode run, String key) {
        return Optional.ofNullable(values(run.path("data").path("tags")).get(key));
    }
}
