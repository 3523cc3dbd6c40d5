package io.retort.jobs.teach;

import io.retort.datasets.logits.ShardKey;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.corpora.ContentShard;
import io.retort.jobs.teachers.TeacherIdentity;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the files of a logit dataset are.
 *
 * @param dataset its directory
 */
record DatasetFiles(Location dataset) implements Serializable {
    static final String COSTS = "costs";
    static final String QUARANTINE = "quarantine";
    private static final String DOMAIN = "domain=";
    private static final String PARQUET = ".parquet";
    private static final String JSON = ".json";
    private static final int SOURCE_DIGITS = 32;

    /**
     * What a shard is made from as far as it is known before its documents are read: names its cost, so that a listing
     * tells which documents are there.
     */
    static String source(ContentShard shard, TeacherIdentity teacher, TeachOptions options) {
        String parts = String.join(
                "\n",
                shard.digest(),
                teacher.digest(),
                teacher.tokenizerDigest(),
                Integer.toString(teacher.contextTokens()),
                options.logitSettings().canonical());
        return Sha256.hex(parts.getBytes(StandardCharsets.UTF_8)).substring(0, SOURCE_DIGITS);
    }

    /** The path of a shard relative to the dataset. */
    static String path(String domain, ShardKey key) {
        return DOMAIN + domain + "/" + key.fileName();
    }

    Location costs() {
        return dataset.resolve(COSTS);
    }

    Location shard(String path) {
        return dataset.resolve(path);
    }

    Location quarantine(ShardKey key) {
        return dataset.resolve(QUARANTINE + "/" + key.fileName());
    }

    Location cost(ShardKey key, String source) {
        return costs().resolve(stem(key.fileName()) + "-" + source + JSON);
    }

    private static String stem(String fileName) {
        return fileName.substring(0, fileName.length() - PARQUET.length());
    }

    /** The shards that are there with their cost: paths relative to the dataset, by what they were made from. */
    Map<String, String> shardsBySource(Storage storage) throws IOException {
        Map<String, String> paths = new HashMap<>();
        for (Location directory : storage.list(dataset)) {
            if (directory.name().startsWith(DOMAIN)) {
                for (Location file : storage.list(directory)) {
                    if (file.name().endsWith(PARQUET)) {
                        paths.put(stem(file.name()), directory.name() + "/" + file.name());
                    }
                }
            }
        }
        Map<String, String> bySource = new HashMap<>();
        for (Location file : storage.list(costs())) {
            String name = file.name();
            int dash = name.lastIndexOf('-');
            if (name.endsWith(JSON) && dash > 0) {
                String path = paths.get(name.substring(0, dash));
                if (path != null) {
                    bySource.put(name.substring(dash + 1, name.length() - JSON.length()), path);
                }
            }
        }
        return bySource;
    }
}
