package io.retort.distill.teachers.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code model.safetensors.index.json}: which file holds which tensor.
 *
 * @param shardOf file names by tensor, in the order of the index
 */
record ShardIndex(Map<String, String> shardOf) {
    static final String NAME = "model.safetensors.index.json";
    static final int MOST_BYTES = 256 << 20;

    /** A plain file name: an index must not lead out of its directory. */
    private static final String FILE_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,200}\\.safetensors";

    /**
     * Reads an index.
     *
     * @throws InvalidDataException when the file is no such index
     */
    static ShardIndex parse(byte[] file, String where) {
        JsonNode map = JsonFiles.object(file, where).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw new InvalidDataException(where + ": expected tensors under weight_map, found none");
        }
        Map<String, String> shardOf = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String shard = entry.getValue().asText();
            if (!entry.getValue().isTextual() || !shard.matches(FILE_NAME)) {
                throw new InvalidDataException(where + ": tensor " + entry.getKey()
                        + ": expected the name of a .safetensors file in the same directory, found "
                        + entry.getValue());
            }
            shardOf.put(entry.getKey(), shard);
        }
        return new ShardIndex(shardOf);
    }

    /** The names of the files, in order. */
    Set<String> shards() {
        return new TreeSet<>(shardOf.values());
    }

    /** Requires that a file holds exactly the tensors that the index says. */
    void require(ShardFile shard) {
        Set<String> missing = new TreeSet<>();
        shardOf.forEach((tensor, name) -> {
            if (name.equals(shard.name())) {
                missing.add(tensor);
            }
        });
        for (ShardEntry entry : shard.header().entries()) {
            if (!missing.remove(entry.name())) {
                String expected = shardOf.get(entry.name());
                throw new InvalidDataException(shard.name() + ": tensor " + entry.name() + ": expected "
                        + (expected == null ? "no such tensor by " + NAME : "it in " + expected + " by " + NAME)
                        + ", found it here");
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidDataException(shard.name() + ": tensor "
                    + missing.iterator().next() + ": expected here by " + NAME + ", found no such tensor");
        }
    }
}
