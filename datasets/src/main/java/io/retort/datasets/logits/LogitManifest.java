package io.retort.datasets.logits;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a logit dataset holds. It is written last, so a directory without one is unfinished work.
 *
 * @param teacher the teacher that was asked
 * @param origin its digest, the tokenizer's, and the settings
 * @param shards the shards, sorted by path
 * @param unscored chunks in quarantine that belong to no shard, such as documents whose tokens do not spell their text,
 *     by reason
 * @param cost what the dataset cost over all runs that made it; not part of the digest
 */
public record LogitManifest(
        TeacherReference teacher,
        ShardOrigin origin,
        List<ManifestShard> shards,
        Map<QuarantineReason, Integer> unscored,
        TeachingCost cost) {
    /** The file's name in the dataset's directory. */
    public static final String FILE_NAME = "manifest.json";

    private static final int MOST_BYTES = 1 << 28;

    public LogitManifest {
        if (!teacher.digest().equals(origin.teacherDigest())) {
            throw new IllegalArgumentException(
                    "expected shards of teacher " + teacher.digest() + ", found shards of " + origin.teacherDigest());
        }
        shards = shards.stream()
                .sorted(Comparator.comparing(ManifestShard::path))
                .toList();
        Set<String> paths = new HashSet<>();
        for (ManifestShard shard : shards) {
            if (!paths.add(shard.path())) {
                throw new IllegalArgumentException("expected each shard once, found " + shard.path() + " twice");
            }
        }
        unscored = Map.copyOf(unscored);
    }

    /** Rows in all shards. */
    public long rows() {
        return shards.stream().mapToLong(shard -> shard.summary().rows()).sum();
    }

    /** Tokens scored in all shards. */
    public long tokens() {
        return shards.stream().mapToLong(shard -> shard.summary().tokens()).sum();
    }

    /** Bytes of text that those tokens spell. */
    public long textBytes() {
        return shards.stream().mapToLong(shard -> shard.summary().textBytes()).sum();
    }

    /** Bytes of all shards' files. */
    public long fileBytes() {
        return shards.stream().mapToLong(shard -> shard.summary().fileBytes()).sum();
    }

    /** Chunks without a row, in shards' lists and elsewhere, by reason; without reasons that did not occur. */
    public Map<QuarantineReason, Integer> quarantined() {
        Map<QuarantineReason, Integer> counts = new EnumMap<>(QuarantineReason.class);
        unscored.forEach((reason, count) -> counts.merge(reason, count, Integer::sum));
        for (ManifestShard shard : shards) {
            shard.summary().quarantined().forEach((reason, count) -> counts.merge(reason, count, Integer::sum));
        }
        return counts;
    }

    /** SHA-256 over teacher, tokenizer, settings and each shard's path and rows: what the data is, not what it cost. */
    public String datasetDigest() {
        CanonicalDigest digest = new CanonicalDigest()
                .add(origin.teacherDigest())
                .add(origin.tokenizerDigest())
                .add(origin.settings().canonical())
                .add(shards.size());
        for (ManifestShard shard : shards) {
            digest.add(shard.path()).add(shard.summary().rowDigest());
        }
        return digest.hex();
    }

    /** Writes the manifest into a dataset's directory: the last thing to do to make a dataset. */
    public void write(Storage storage, Location dataset) throws IOException {
        storage.write(dataset.resolve(FILE_NAME), toJson());
    }

    /**
     * Reads the manifest of a dataset's directory.
     *
     * @throws InvalidDataException as {@link #parse}
     */
    public static LogitManifest read(Storage storage, Location dataset) throws IOException {
        Location file = dataset.resolve(FILE_NAME);
        return parse(storage.read(file, MOST_BYTES), file.value());
    }

    /** The manifest as JSON in UTF-8, the same bytes for equal manifests. */
    public byte[] toJson() {
        return LogitManifestJson.write(this).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param json UTF-8
     * @param where the file's name, for errors
     * @throws InvalidDataException if it is anything else, or its digest is not that of what it lists
     */
    public static LogitManifest parse(byte[] json, String where) {
        return LogitManifestJson.read(json, where);
    }
}
