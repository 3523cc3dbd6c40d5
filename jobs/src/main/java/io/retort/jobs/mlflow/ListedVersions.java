package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.jobs.registry.ModelVersion;
import io.retort.jobs.registry.PublishedBundle;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The versions that the server lists of a model, by their tags; those without ours were registered by others and are left out. */
record ListedVersions(MlflowServer server) {
    static final String REPORT_DIGEST = "retort.report-sha256";
    private static final String MADE_FROM = "retort.made-from";
    private static final String BUNDLE = "retort.bundle";
    private static final String REPORT_ID = "retort.report";
    private static final int MOST = 1000;

    /** The tags by which a bundle's version is known. */
    static SortedMap<String, String> tags(PublishedBundle bundle, String reportDigest) {
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put(RunTags.DIGEST, bundle.digest());
        tags.put(BUNDLE, bundle.version());
        tags.put(REPORT_ID, bundle.report().name());
        tags.put(REPORT_DIGEST, reportDigest);
        tags.put(MADE_FROM, Json.line(bundle.madeFrom()));
        return tags;
    }

    /** All, the first first; none of a model that is not there. */
    List<ModelVersion> of(String model) throws IOException, InterruptedException {
        List<ModelVersion> versions = new ArrayList<>();
        for (JsonNode version : found(model)) {
            SortedMap<String, String> tags = tags(version);
            versions.add(new ModelVersion(
                    model,
                    number(version),
                    tags.getOrDefault(BUNDLE, ""),
                    tags.getOrDefault(RunTags.DIGEST, ""),
                    tags.getOrDefault(REPORT_ID, ""),
                    RunDrafts.values(Json.parse(tags.getOrDefault(MADE_FROM, "{}"), JsonNode.class)),
                    Instant.ofEpochMilli(version.path("creation_timestamp").asLong()),
                    tags.getOrDefault(REPORT_DIGEST, "")));
        }
        return List.copyOf(versions);
    }

    /**
     * The run of the first version whose run is active, which all who share the server find alike; one that was deleted in
     * MLflow's pages takes no parameters.
     */
    String firstRun(String model) throws IOException, InterruptedException {
        List<JsonNode> found = found(model);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("expected a version of " + model + " in " + server.url()
                    + ", found none; retort publish registers one");
        }
        for (JsonNode version : found) {
            String run = version.path("run_id").asText();
            if (isActive(run)) {
                return run;
            }
        }
        throw new IOException("expected a version of " + model + " in " + server.url()
                + " whose run is active, found the runs of all " + found.size()
                + " deleted; restore that of one (mlflow runs restore --run-id "
                + found.get(0).path("run_id").asText() + ")");
    }

    private boolean isActive(String run) throws IOException, InterruptedException {
        try {
            JsonNode info =
                    server.get("runs/get", Map.of("run_id", run)).path("run").path("info");
            return info.path("lifecycle_stage").asText().equals("active");
        } catch (MlflowException e) {
            if (e.status() == 404) {
                // Removed for ever, by mlflow gc.
                return false;
            }
            throw e;
        }
    }

    private static int number(JsonNode version) {
        return version.path("version").asInt();
    }

    private List<JsonNode> found(String model) throws IOException, InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        String token = "";
        do {
            SortedMap<String, String> query = new TreeMap<>();
            query.put("filter", "name='" + model + "'");
            query.put("max_results", String.valueOf(MOST));
            if (!token.isEmpty()) {
                query.put("page_token", token);
            }
            JsonNode page = server.get("model-versions/search", query);
            page.path("model_versions").forEach(found::add);
            token = page.path("next_page_token").asText("");
        } while (!token.isEmpty());
        found.removeIf(version -> !tags(version).containsKey(RunTags.DIGEST));
        found.sort(Comparator.comparingInt(ListedVersions::number));
        return found;
    }

    private static SortedMap<String, String> tags(JsonNode version) {
        return Experiments.values(version.path("tags"));
    }
}
