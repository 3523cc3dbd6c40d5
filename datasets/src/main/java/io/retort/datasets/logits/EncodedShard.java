package io.retort.datasets.logits;

/**
 * A shard's file, ready to be written under {@link ShardKey#fileName()}.
 *
 * @param summary what the manifest says of it
 * @param file its bytes; shared, not to be changed
 */
public record EncodedShard(ShardSummary summary, byte[] file) {}
