package io.retort.datasets.logits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The manifest's JSON form. */
final class LogitManifestJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LogitManifestJson() {}

    static String write(LogitManifest manifest) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", LogitSettings.FORMAT_VERSION);
        root.put("dataset_digest", manifest.datasetDigest());
        TeacherReference teacher = manifest.teacher();
        root.putObject("teacher")
                .put("name", teacher.name())
                .put("digest", teacher.digest())
                .put("context_tokens", teacher.contextTokens());
        LogitSettings settings = manifest.origin().settings();
        root.putObject("tokenizer").put("digest", manifest.origin().tokenizerDigest());
        root.putObject("settings")
                .put("selection", settings.selection().canonical())
                .put("zstd_level", settings.zstdLevel());
        root.putObject("totals")
                .put("rows", manifest.rows())
                .put("tokens", manifest.tokens())
                .put("text_bytes", manifest.textBytes())
                .put("file_bytes", manifest.fileBytes());
        counts(root.putObject("quarantined"), manifest.quarantined());
        counts(root.putObject("quarantined_outside_shards"), manifest.unscored());
        root.putObject("cost")
                .put("teacher_tokens", manifest.cost().teacherTokens())
                .put("teacher_seconds", manifest.cost().teacherSeconds())
                .put("requests", manifest.cost().requests());
        manifest.shards().forEach(shard -> write(root.withArray("shards").addObject(), shard));
        if (manifest.shards().isEmpty()) {
            root.putArray("shards");
        }
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected a tree to have a JSON form", e);
        }
    }

    private static void write(ObjectNode node, ManifestShard shard) {
        ShardSummary summary = shard.summary();
        node.put("path", shard.path())
                .put("key", summary.key().digest())
                .put("rows", summary.rows())
                .put("tokens", summary.tokens())
                .put("text_bytes", summary.textBytes())
                .put("file_bytes", summary.fileBytes())
                .put("row_digest", summary.rowDigest())
                .put("file_digest", summary.fileDigest());
        counts(node.putObject("quarantined"), summary.quarantined());
    }

    private static void counts(ObjectNode node, Map<QuarantineReason, Integer> counts) {
        for (QuarantineReason reason : QuarantineReason.values()) {
            Integer count = counts.get(reason);
            if (count != null) {
                node.put(reason.label(), count);
            }
        }
    }

    static LogitManifest read(byte[] json, String where) {
        try {
            JsonNode root = MAPPER.readTree(json);
            int format = integer(root, "format");
            if (format != LogitSettings.FORMAT_VERSION) {
                throw new IllegalArgumentException(
                        "expected format version " + LogitSettings.FORMAT_VERSION + ", found " + format);
            }
            LogitManifest manifest = read(root);
            String digest = text(root, "dataset_digest");
            if (!digest.equals(manifest.datasetDigest())) {
                throw new IllegalArgumentException(
                        "expected shards with dataset digest " + digest + ", found " + manifest.datasetDigest());
            }
            return manifest;
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidDataException(where + ": expected a manifest of a logit dataset: " + e.getMessage(), e);
        }
    }

    private static LogitManifest read(JsonNode root) {
        JsonNode teacher = child(root, "teacher");
        JsonNode settings = child(root, "settings");
        JsonNode cost = child(root, "cost");
        List<ManifestShard> shards = new ArrayList<>();
        for (JsonNode shard : child(root, "shards")) {
            shards.add(shard(shard));
        }
        return new LogitManifest(
                new TeacherReference(
                        text(teacher, "name"), text(teacher, "digest"), integer(teacher, "context_tokens")),
                new ShardOrigin(
                        text(teacher, "digest"),
                        text(child(root, "tokenizer"), "digest"),
                        new LogitSettings(
                                EntrySelection.parse(text(settings, "selection")), integer(settings, "zstd_level"))),
                shards,
                counts(child(root, "quarantined_outside_shards")),
                new TeachingCost(
                        number(cost, "teacher_tokens").longValue(),
                        number(cost, "teacher_seconds").doubleValue(),
                        number(cost, "requests").longValue()));
    }

    private static ManifestShard shard(JsonNode node) {
        return new ManifestShard(
                text(node, "path"),
                new ShardSummary(
                        new ShardKey(text(node, "key")),
                        integer(node, "rows"),
                        number(node, "tokens").longValue(),
                        number(node, "text_bytes").longValue(),
                        counts(child(node, "quarantined")),
                        text(node, "row_digest"),
                        text(node, "file_digest"),
                        number(node, "file_bytes").longValue()));
    }

    private static Map<QuarantineReason, Integer> counts(JsonNode node) {
        Map<QuarantineReason, Integer> counts = new EnumMap<>(QuarantineReason.class);
        node.fieldNames().forEachRemaining(name -> counts.put(QuarantineReason.labelled(name), integer(node, name)));
        return counts;
    }

    private static JsonNode child(JsonNode node, String name) {
        JsonNode child = node == null ? null : node.get(name);
        if (child == null) {
            throw new IllegalArgumentException("expected a field \"" + name + "\", found none");
        }
        return child;
    }

    private static String text(JsonNode node, String name) {
        JsonNode child = child(node, name);
        if (!child.isTextual()) {
            throw new IllegalArgumentException("expected a text in \"" + name + "\", found " + child);
        }
        return child.textValue();
    }

    private static JsonNode number(JsonNode node, String name) {
        JsonNode child = child(node, name);
        if (!child.isNumber()) {
            throw new IllegalArgumentException("expected a number in \"" + name + "\", found " + child);
        }
        return child;
    }

    private static int integer(JsonNode node, String name) {
        JsonNode child = number(node, name);
        if (!child.isInt()) {
            throw new IllegalArgumentException("expected a whole number in \"" + name + "\", found " + child);
        }
        return child.intValue();
    }
}
