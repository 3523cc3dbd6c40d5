package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.registry.PublishedBundle;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Logs bundles as models: a run with the report and the figures, and the model that it gave. Every step finds what an earlier
 * attempt has done, so that one that is killed and started again leaves one run and one model.
 */
record LoggedModels(MlflowServer server, Storage storage, String experimentName) {
    private static final int MOST_FIGURES = 400;

    /** What was logged: the run's id, the model's, and SHA-256 of the zipped report. */
    record Logged(String run, String model, String reportDigest) {}

    Logged log(PublishedBundle bundle, Instant now) throws IOException, InterruptedException {
        String experiment = new Experiments(server).id(experimentName);
        JsonNode run = run(experiment, bundle, now);
        String runId = run.path("info").path("run_id").asText();
        String root = run.path("info").path("artifact_uri").asText();
        for (Location file : storage.list(bundle.report())) {
            if (!storage.isDirectory(file)) {
                server.put(root, "report/" + file.name(), storage, file);
            }
        }
        String reportDigest = report(root, bundle.report());
        JsonNode model = model(experiment, runId, bundle);
        String modelId = model.path("model_id").asText();
        String modelRoot = model.path("artifact_uri").asText();
        for (Map.Entry<String, Path> file :
                ModelFiles.bundle(bundle.directory()).entrySet()) {
            server.put(modelRoot, file.getKey(), Storage.local(), location(file.getValue()));
        }
        for (Map.Entry<String, byte[]> file :
                ModelFiles.of(bundle, modelId, runId, now).entrySet()) {
            server.put(modelRoot, file.getKey(), file.getValue());
        }
        server.patch("logged-models/" + modelId, Map.of("model_id", modelId, "status", "LOGGED_MODEL_READY"));
        output(runId, modelId);
        figures(runId, modelId, bundle, now);
        server.post("runs/update", Map.of("run_id", runId, "status", "FINISHED", "end_time", now.toEpochMilli()));
        return new Logged(runId, modelId, reportDigest);
    }

    private static Location location(Path file) {
        return Location.of(file.toAbsolutePath().toString());
    }

    private String report(String root, Location report) throws IOException, InterruptedException {
        Path zipped = Files.createTempFile("retort-report", ".zip");
        try {
            ZippedReport.STANDARD.write(storage, report, zipped);
            server.put(root, MlflowRegistry.REPORT, Storage.local(), location(zipped));
            return Sha256.hex(zipped);
        } finally {
            Files.delete(zipped);
        }
    }

    /** MLflow refuses an output that is there. */
    private void output(String run, String model) throws IOException, InterruptedException {
        JsonNode outputs = server.get("runs/get", Map.of("run_id", run))
                .path("run")
                .path("outputs")
                .path("model_outputs");
        for (JsonNode output : outputs) {
            if (output.path("model_id").asText().equals(model)) {
                return;
            }
        }
        server.postOnce("runs/outputs", Map.of("run_id", run, "models", List.of(Map.of("model_id", model, "step", 0))));
    }

    private JsonNode run(String experiment, PublishedBundle bundle, Instant now)
            throws IOException, InterruptedException {
        String key = "version-" + bundle.digest();
        List<JsonNode> found = new Experiments(server).tagged(experiment, RunTags.RUN, key);
        if (!found.isEmpty()) {
            return found.get(0);
        }
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put(RunTags.RUN, key);
        tags.put("retort.job", "publish");
        tags.put(RunTags.DIGEST, bundle.digest());
        tags.put("mlflow.source.name", "retort publish");
        tags.put("mlflow.source.type", "JOB");
        tags.put("mlflow.user", System.getProperty("user.name", "unknown"));
        StringBuilder note = new StringBuilder(bundle.model() + " " + bundle.version() + ", made from\n");
        for (Map.Entry<String, String> part : bundle.madeFrom().entrySet()) {
            tags.put(RunTags.input(part.getKey()), part.getValue());
            note.append("- ").append(part.getKey()).append(' ');
            note.append(Lineage.link(server, experiment, part.getValue())).append('\n');
        }
        tags.put("mlflow.note.content", note.toString());
        return new Experiments(server)
                .create(experiment, bundle.model() + " " + bundle.version(), now.toEpochMilli(), tags);
    }

    private JsonNode model(String experiment, String run, PublishedBundle bundle)
            throws IOException, InterruptedException {
        JsonNode found = server.post(
                "logged-models/search",
                Map.of(
                        "experiment_ids",
                        List.of(experiment),
                        "filter",
                        "tags.`" + RunTags.DIGEST + "` = '" + bundle.digest() + "'"));
        for (JsonNode model : found.path("models")) {
            if (model.path("info").path("source_run_id").asText().equals(run)) {
                return model.path("info");
            }
        }
        SortedMap<String, String> tags = new TreeMap<>(Map.of(RunTags.DIGEST, bundle.digest()));
        return server.postOnce(
                        "logged-models",
                        Map.of(
                                "experiment_id",
                                experiment,
                                "name",
                                bundle.model(),
                                "source_run_id",
                                run,
                                "model_type",
                                "retort-bundle",
                                "tags",
                                Experiments.list(tags)))
                .path("model")
                .path("info");
    }

    /** What the bundle says of its quality, as figures of the run and of the model. */
    private void figures(String run, String model, PublishedBundle bundle, Instant now)
            throws IOException, InterruptedException {
        Location file = location(bundle.directory()).resolve(BundleNames.EVALUATION);
        JsonNode evaluation;
        try {
            evaluation = Storage.local().exists(file)
                    ? Json.read(Storage.local(), file, JsonNode.class)
                    : JsonNodeFactory.instance.objectNode();
        } catch (InvalidDataException e) {
            throw new InvalidDataException("expected figures in " + file + ": " + e.getMessage(), e);
        }
        List<Map<String, Object>> metrics = new ArrayList<>();
        FlatJson.leaves(evaluation, MOST_FIGURES).forEach((path, leaf) -> {
            if (leaf.isNumber() && Double.isFinite(leaf.asDouble())) {
                Map<String, Object> metric = new TreeMap<>();
                metric.put("key", path);
                metric.put("value", leaf.asDouble());
                metric.put("timestamp", now.toEpochMilli());
                metric.put("step", 0);
                metric.put("model_id", model);
                metrics.add(metric);
            }
        });
        if (!metrics.isEmpty()) {
            server.post("runs/log-batch", Map.of("run_id", run, "metrics", metrics));
        }
    }
}
