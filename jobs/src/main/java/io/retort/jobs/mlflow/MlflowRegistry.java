package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.leases.Lease;
import io.retort.jobs.leases.Leases;
import io.retort.jobs.registry.AliasLog;
import io.retort.jobs.registry.AliasMove;
import io.retort.jobs.registry.ModelRegistry;
import io.retort.jobs.registry.ModelVersion;
import io.retort.jobs.registry.MoveReason;
import io.retort.jobs.registry.PublishedBundle;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * MLflow's registry. MLflow moves an alias without asking where it was, so that runs over one workspace take turns by its
 * leases. The audit log is in the workspace, where a move is written before it is made, and as tags of the registered model.
 */
public final class MlflowRegistry implements ModelRegistry {
    static final String REPORT = "report.zip";
    private static final String MADE_FROM = "retort.made-from";
    private static final String BUNDLE = "retort.bundle";
    private static final String REPORT_ID = "retort.report";
    private static final int MOST = 1000;
    private static final int LONGEST_TAG = 4000;

    private final MlflowServer server;
    private final String experiment;
    private final Storage storage;
    private final Workspace workspace;
    private final Leases leases;
    private final Clock clock;

    MlflowRegistry(
            MlflowServer server, String experiment, Storage storage, Workspace workspace, Leases leases, Clock clock) {
        this.server = server;
        this.experiment = experiment;
        this.storage = storage;
        this.workspace = workspace;
        this.leases = leases;
        this.clock = clock;
    }

    /** Tags as MLflow takes them. */
    static List<Map<String, String>> tags(SortedMap<String, String> tags) {
        List<Map<String, String>> list = new ArrayList<>();
        tags.forEach((key, value) -> list.add(Map.of("key", key, "value", value)));
        return list;
    }

    @Override
    public String place() {
        return server.url();
    }

    @Override
    public Registration register(PublishedBundle bundle) throws IOException, InterruptedException {
        try (Lease lease = lease(bundle.model())) {
            for (ModelVersion version : versions(bundle.model())) {
                if (version.digest().equals(bundle.digest())) {
                    return new Registration(version, false);
                }
            }
            Instant now = clock.instant();
            LoggedModels.Logged logged = new LoggedModels(server, storage, experiment).log(bundle, now);
            try {
                server.post("registered-models/create", Map.of("name", bundle.model()));
            } catch (MlflowException e) {
                if (!e.isThere()) {
                    throw e;
                }
            }
            SortedMap<String, String> tags = new TreeMap<>();
            tags.put(RunTags.DIGEST, bundle.digest());
            tags.put(BUNDLE, bundle.version());
            tags.put(REPORT_ID, bundle.report().name());
            tags.put(MADE_FROM, Json.line(bundle.madeFrom()));
            JsonNode version = server.post(
                            "model-versions/create",
                            Map.of(
                                    "name",
                                    bundle.model(),
                                    "source",
                                    "models:/" + logged.model(),
                                    "run_id",
                                    logged.run(),
                                    "model_id",
                                    logged.model(),
                                    "tags",
                                    tags(tags)))
                    .path("model_version");
            return new Registration(
                    version(bundle.model(), version.path("version").asInt()), true);
        }
    }

    @Override
    public List<ModelVersion> versions(String model) throws IOException, InterruptedException {
        List<ModelVersion> versions = new ArrayList<>();
        for (JsonNode version : found(model)) {
            SortedMap<String, String> tags = tags(version);
            // A version without our tags was registered by others.
            if (tags.containsKey(RunTags.DIGEST)) {
                versions.add(new ModelVersion(
                        model,
                        version.path("version").asInt(),
                        tags.getOrDefault(BUNDLE, ""),
                        tags.getOrDefault(RunTags.DIGEST, ""),
                        tags.getOrDefault(REPORT_ID, ""),
                        madeFrom(tags.getOrDefault(MADE_FROM, "{}")),
                        Instant.ofEpochMilli(version.path("creation_timestamp").asLong())));
            }
        }
        versions.sort(Comparator.comparingInt(ModelVersion::version));
        return List.copyOf(versions);
    }

    private Iterable<JsonNode> found(String model) throws IOException, InterruptedException {
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
        return found;
    }

    private static SortedMap<String, String> tags(JsonNode version) {
        SortedMap<String, String> tags = new TreeMap<>();
        version.path("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asText(), tag.path("value").asText()));
        return tags;
    }

    private static SortedMap<String, String> madeFrom(String json) {
        SortedMap<String, String> madeFrom = new TreeMap<>();
        Json.parse(json, JsonNode.class)
                .fields()
                .forEachRemaining(
                        part -> madeFrom.put(part.getKey(), part.getValue().asText()));
        return madeFrom;
    }

    @Override
    public int alias(String model, String alias) throws IOException, InterruptedException {
        try {
            return server.get("registered-models/alias", Map.of("name", model, "alias", alias))
                    .path("model_version")
                    .path("version")
                    .asInt();
        } catch (MlflowException e) {
            // A model that is not there is missing; an alias that is not there is a wrong parameter to MLflow.
            if (e.isMissing() || e.code().equals("INVALID_PARAMETER_VALUE")) {
                return AliasMove.NONE;
            }
            throw e;
        }
    }

    @Override
    public boolean move(AliasMove move) throws IOException, InterruptedException {
        if (move.to() != AliasMove.NONE) {
            version(move.model(), move.to());
        }
        try (Lease lease = lease(move.model())) {
            AliasLog log = log(move.model());
            int found = alias(move.model(), move.alias());
            int logged = log.target(move.alias());
            if (found != logged) {
                record(log, AliasMove.by(move.model(), move.alias(), MoveReason.FOUND, logged, found, clock.instant()));
            }
            if (found != move.from()) {
                return false;
            }
            record(log, move);
            Map<String, Object> alias = new TreeMap<>(Map.of("name", move.model(), "alias", move.alias()));
            if (move.to() == AliasMove.NONE) {
                server.delete("registered-models/alias", alias);
            } else {
                alias.put("version", String.valueOf(move.to()));
                server.post("registered-models/alias", alias);
            }
            return true;
        }
    }

    private void record(AliasLog log, AliasMove move) throws IOException, InterruptedException {
        log.append(move);
        String text = Json.line(move);
        String key = "retort.move." + move.time().toString().replace(':', '.') + "." + move.alias();
        String value = text.length() <= LONGEST_TAG ? text : Json.line(move.checked(passed(move)));
        server.post("registered-models/set-tag", Map.of("name", move.model(), "key", key, "value", value));
    }

    /** Of a report that is too long for a tag, whether it passed; all of it is in the workspace's log. */
    private static JsonNode passed(AliasMove move) {
        return Json.parse("{\"passed\":" + move.gates().path("passed").asBoolean() + "}", JsonNode.class);
    }

    @Override
    public List<AliasMove> moves(String model) throws IOException {
        return log(model).moves();
    }

    @Override
    public Location report(ModelVersion version) throws IOException, InterruptedException {
        Location directory = workspace.root().resolve("mlflow/reports/" + version.digest());
        if (!storage.exists(directory.resolve("results.json"))) {
            JsonNode found = server.get(
                            "model-versions/get",
                            Map.of("name", version.model(), "version", String.valueOf(version.version())))
                    .path("model_version");
            JsonNode run = server.get(
                            "runs/get", Map.of("run_id", found.path("run_id").asText()))
                    .path("run");
            byte[] zipped = server.read(run.path("info").path("artifact_uri").asText(), REPORT);
            ZippedReport.unpack(zipped, storage, directory);
        }
        return directory;
    }

    private Lease lease(String model) throws IOException, InterruptedException {
        return leases.acquire("registry-" + model, "registry");
    }

    private AliasLog log(String model) {
        return new AliasLog(storage, workspace.registry(model).resolve("mlflow-log"));
    }
}
