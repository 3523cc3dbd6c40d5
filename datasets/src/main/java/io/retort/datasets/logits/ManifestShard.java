package io.retort.datasets.logits;

/**
 * A shard as a manifest lists it.
 *
 * @param path the file, relative to the dataset's directory, with {@code /}
 * @param summary what is in it
 */
public record ManifestShard(String path, ShardSummary summary) {
    public ManifestShard {
        boolean leaves = path.startsWith("/") || ("/" + path + "/").contains("/../") || path.indexOf('\\') >= 0;
        if (path.isEmpty() || leaves) {
            throw new IllegalArgumentException("expected a path within the dataset, found \"" + path + "\"");
        }
    }
}
