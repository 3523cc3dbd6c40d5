package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells MLflow of a run, so that any number of attempts, each of which may end anywhere, leave one run: it is found by its tag,
 * what was told already is told the same again, which MLflow takes for once, and a last tag says that all is there.
 */
final class RunSending {
    private static final int MOST_METRICS = 1000;
    private static final int MOST_PARAMS = 100;
    private static final long LARGEST_ARTIFACT = 1 << 30;

    private final MlflowServer server;
    private final Experiments experiments;
    private final Storage storage;

    RunSending(MlflowServer server, Storage storage) {
        this.server = server;
        this.experiments = new Experiments(server);
        this.storage = storage;
    }

    /** Sends what the server lacks of a run and returns the run's id there. */
    String send(RunDraft draft) throws IOException, InterruptedException {
        String experiment = experiments.id(draft.experiment());
        while (true) {
            JsonNode run = only(experiment, draft);
            String id = id(run);
            if (Experiments.tag(run, RunTags.LOGGED).isPresent()) {
                return id;
            }
            tell(experiment, run, draft);
            // Another workspace's sender, or one that lost its lease, may have made one at the same time. All keep the
            // same.
            if (id(only(experiment, draft)).equals(id)) {
                tag(id, RunTags.LOGGED, "true");
                return id;
            }
        }
    }

    private static String id(JsonNode run) {
        return run.path("info").path("run_id").asText();
    }

    private void tell(String experiment, JsonNode run, RunDraft draft) throws IOException, InterruptedException {
        String id = id(run);
        batches(id, draft);
        if (!draft.inputs().isEmpty()) {
            server.post("runs/log-inputs", Map.of("run_id", id, "datasets", datasets(draft)));
        }
        String root = run.path("info").path("artifact_uri").asText();
        for (RunDraft.Artifact artifact : draft.artifacts()) {
            Location file = Location.of(artifact.file());
            // What was removed since from the workspace cannot be shown any more.
            if (storage.exists(file) && storage.length(file) <= LARGEST_ARTIFACT) {
                server.put(root, artifact.path(), storage, file);
            }
        }
        tag(id, "mlflow.note.content", Lineage.note(server, experiment, draft));
        server.post("runs/update", Map.of("run_id", id, "status", draft.status(), "end_time", draft.endMillis()));
    }

    private void tag(String run, String key, String value) throws IOException, InterruptedException {
        server.post("runs/set-tag", Map.of("run_id", run, "key", key, "value", value));
    }

    /** The run of the draft, made if need be; others of the same tag, of calls that were answered too late, are removed. */
    private JsonNode only(String experiment, RunDraft draft) throws IOException, InterruptedException {
        List<JsonNode> found = experiments.tagged(experiment, RunTags.RUN, draft.run());
        if (found.isEmpty()) {
            return experiments.create(experiment, draft.name(), draft.startMillis(), draft.tags());
        }
        for (JsonNode other : found.subList(1, found.size())) {
            server.post("runs/delete", Map.of("run_id", id(other)));
        }
        return found.get(0);
    }

    private void batches(String run, RunDraft draft) throws IOException, InterruptedException {
        List<Map<String, String>> params = Experiments.list(draft.params());
        for (int from = 0; from < params.size(); from += MOST_PARAMS) {
            List<?> part = params.subList(from, Math.min(params.size(), from + MOST_PARAMS));
            server.post("runs/log-batch", Map.of("run_id", run, "params", part));
        }
        for (int from = 0; from < draft.metrics().size(); from += MOST_METRICS) {
            List<?> part =
                    draft.metrics().subList(from, Math.min(draft.metrics().size(), from + MOST_METRICS));
            server.post("runs/log-batch", Map.of("run_id", run, "metrics", part));
        }
    }

    private static List<Map<String, Object>> datasets(RunDraft draft) {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (RunDraft.Dataset dataset : draft.inputs()) {
            Map<String, Object> described = new TreeMap<>();
            described.put("name", dataset.name());
            described.put("digest", dataset.digest());
            described.put("source_type", "local");
            described.put("source", Json.line(Map.of("uri", dataset.uri())));
            inputs.add(Map.of(
                    "dataset",
                    described,
                    "tags",
                    List.of(Map.of("key", "mlflow.data.context", "value", dataset.context()))));
        }
        return inputs;
    }
}
