package io.retort.datasets.logits;

import java.util.Map;

/**
 * What a manifest says of a shard. All of it is in the shard's footer too.
 *
 * @param key what the shard was made from
 * @param rows rows in it
 * @param tokens tokens scored in it
 * @param textBytes bytes of text that those tokens spell
 * @param quarantined chunks of the shard's list that have no row, by reason; without reasons that did not occur
 * @param rowDigest SHA-256 over the digests of its rows in order: equal content has equal digests in any encoding
 * @param fileDigest SHA-256 of the file, with zeros where the file itself holds this digest
 * @param fileBytes size of the file
 */
public record ShardSummary(
        ShardKey key,
        int rows,
        long tokens,
        long textBytes,
        Map<QuarantineReason, Integer> quarantined,
        String rowDigest,
        String fileDigest,
        long fileBytes) {
    public ShardSummary {
        if (rows < 0 || tokens < rows || textBytes < 0 || fileBytes < 0) {
            throw new IllegalArgumentException("expected counts from 0 and a token a row, found " + rows + " rows, "
                    + tokens + " tokens, " + textBytes + " bytes of text in a file of " + fileBytes);
        }
        ShardOrigin.requireDigest("row", rowDigest);
        ShardOrigin.requireDigest("file", fileDigest);
        quarantined = Map.copyOf(quarantined);
    }
}
