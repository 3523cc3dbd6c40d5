package io.retort.jobs.teach;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.corpora.ContentShard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which shards of a dataset are there, by listings alone; whoever takes one checks it.
 *
 * @param found sources of those in the dataset itself
 * @param elsewhere files of those that other datasets of the workspace have, by path within the dataset
 * @param left the shards that the teacher has to be asked for
 */
record ShardInventory(Set<String> found, Map<String, Location> elsewhere, List<ContentShard> left) {
    ShardInventory {
        found = Set.copyOf(found);
        elsewhere = Map.copyOf(elsewhere);
        left = List.copyOf(left);
    }

    static ShardInventory of(TeachSpec spec, Storage storage, List<ContentShard> shards) throws IOException {
        String id = spec.logitsId();
        Set<String> found = new DatasetFiles(spec.workspace().logits(id))
                .shardsBySource(storage)
                .keySet();
        Map<String, ContentShard> lacking = new HashMap<>();
        for (ContentShard shard : shards) {
            String source = DatasetFiles.source(shard, spec.identity(), spec.options());
            if (!found.contains(source)) {
                lacking.put(source, shard);
            }
        }
        Map<String, Location> elsewhere = new HashMap<>();
        Set<String> copies = new HashSet<>();
        for (Location dataset : storage.list(spec.workspace().logits())) {
            if (!lacking.isEmpty() && !dataset.name().equals(id)) {
                DatasetFiles files = new DatasetFiles(dataset);
                files.shardsBySource(storage).forEach((source, path) -> {
                    if (lacking.containsKey(source) && copies.add(source)) {
                        elsewhere.put(path, files.shard(path));
                    }
                });
            }
        }
        List<ContentShard> left = new ArrayList<>();
        for (ContentShard shard : shards) {
            String source = DatasetFiles.source(shard, spec.identity(), spec.options());
            if (lacking.containsKey(source) && !copies.contains(source)) {
                left.add(shard);
            }
        }
        return new ShardInventory(found, elsewhere, left);
    }
}
