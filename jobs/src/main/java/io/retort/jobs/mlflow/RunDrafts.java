package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes of a run's record in the workspace what MLflow is told. */
record RunDrafts(Storage storage, Workspace workspace, String experiment) {
    private static final int LARGEST_EVENTS = 256 << 20;
    private static final int MOST_PARAMS = 400;
    private static final int LONGEST_VALUE = 500;
    private static final int SHOWN_DIGITS = 8;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{8,64}");

    /** The draft of a run that is over, or that was killed. */
    RunDraft of(String run) throws IOException {
        Location directory = workspace.run(run);
        JsonNode record = Json.read(storage, directory.resolve("provenance.json"), JsonNode.class);
        Location eventsFile = directory.resolve("events.jsonl");
        List<RunDraft.Metric> metrics = new ArrayList<>();
        List<RunDraft.Artifact> artifacts = new ArrayList<>();
        artifacts.add(artifact(directory.resolve("provenance.json"), "run/provenance.json"));
        if (storage.exists(eventsFile)) {
            byte[] events = storage.read(eventsFile, LARGEST_EVENTS);
            metrics.addAll(RunMetrics.of(new String(events, StandardCharsets.UTF_8)));
            artifacts.add(artifact(eventsFile, "run/events.jsonl"));
        }
        artifacts.addAll(report(record.path("outputs")));
        Instant started = Instant.parse(record.path("started").asText());
        // A run that was killed has no end of its own.
        Instant ended = record.path("ended").isTextual()
                ? Instant.parse(record.path("ended").asText())
                : started;
        return new RunDraft(
                run,
                experiment,
                name(record, run),
                started.toEpochMilli(),
                ended.toEpochMilli(),
                status(record.path("outcome").asText()),
                params(record),
                tags(record, run),
                metrics,
                datasets(record),
                artifacts);
    }

    private static String status(String outcome) {
        return switch (outcome) {
            case "done" -> "FINISHED";
            case "interrupted", "killed", "running" -> "KILLED";
            default -> "FAILED";
        };
    }

    private static String name(JsonNode record, String run) {
        String id = run.substring(run.lastIndexOf('-') + 1);
        return record.path("job").asText() + " " + (DIGEST.matcher(id).matches() ? id.substring(0, SHOWN_DIGITS) : id);
    }

    private static SortedMap<String, String> params(JsonNode record) {
        SortedMap<String, String> params = new TreeMap<>();
        FlatJson.leaves(record.path("spec"), MOST_PARAMS).forEach((path, leaf) -> {
            String value = leaf.isValueNode() ? leaf.asText() : leaf.toString();
            if (!path.equals("workspace") && !path.endsWith(".workspace")) {
                params.put(path, value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…");
            }
        });
        return params;
    }

    private SortedMap<String, String> tags(JsonNode record, String run) {
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put(RunTags.RUN, run);
        tags.put("retort.job", record.path("job").asText());
        tags.put(RunTags.OUTCOME, shortened(record.path("outcome").asText()));
        tags.put("retort.version", record.path("code").path("version").asText());
        tags.put("retort.host", record.path("host").path("name").asText());
        tags.put("retort.workspace", workspace.toString());
        tags.put("mlflow.source.name", "retort " + record.path("job").asText());
        tags.put("mlflow.source.type", "JOB");
        tags.put("mlflow.source.git.commit", record.path("code").path("commit").asText());
        tags.put("mlflow.user", System.getProperty("user.name", "unknown"));
        values(record.path("inputs")).forEach((name, value) -> tags.put(RunTags.input(name), shortened(value)));
        values(record.path("outputs")).forEach((name, value) -> {
            tags.put(RunTags.output(name), shortened(value));
            if (DIGEST.matcher(value).matches()) {
                tags.put(RunTags.made(value), name);
            }
        });
        return tags;
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
    }

    /** The members of an object, as texts. */
    static SortedMap<String, String> values(JsonNode members) {
        SortedMap<String, String> values = new TreeMap<>();
        members.fields()
                .forEachRemaining(
                        member -> values.put(member.getKey(), member.getValue().asText()));
        return values;
    }

    private List<RunDraft.Dataset> datasets(JsonNode record) {
        List<RunDraft.Dataset> datasets = new ArrayList<>();
        values(record.path("inputs")).forEach((name, id) -> dataset(name, id, "training", datasets));
        values(record.path("outputs")).forEach((name, id) -> dataset(name, id, "output", datasets));
        return datasets;
    }

    private void dataset(String name, String id, String context, List<RunDraft.Dataset> datasets) {
        Map<String, Location> places = Map.of(
                "corpus", workspace.corpus(id),
                "logits", workspace.logits(id),
                "texts", workspace.bytes(id),
                "byte targets", workspace.bytes(id));
        if (places.containsKey(name) && DIGEST.matcher(id).matches()) {
            String uri = places.get(name).value();
            String kind = name.equals("texts") ? "byte targets" : name;
            datasets.add(new RunDraft.Dataset(kind, id, uri, context));
        }
    }

    /** The files of the report that it made, its outcomes by document aside. */
    private List<RunDraft.Artifact> report(JsonNode outputs) throws IOException {
        List<RunDraft.Artifact> artifacts = new ArrayList<>();
        String id = outputs.path("report").asText();
        if (DIGEST.matcher(id).matches()) {
            for (Location file : storage.list(workspace.reports(id))) {
                if (!storage.isDirectory(file)) {
                    artifacts.add(artifact(file, "report/" + file.name()));
                }
            }
        }
        return artifacts;
    }

    private static RunDraft.Artifact artifact(Location file, String path) {
        return new RunDraft.Artifact(file.value(), path);
    }
}
