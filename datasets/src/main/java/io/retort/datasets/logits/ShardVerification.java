package io.retort.datasets.logits;

import io.retort.datasets.InvalidDataException;
import java.util.Optional;

/** Decides whether a file that is there is the shard that is wanted. All methods are safe for use by many threads. */
public final class ShardVerification {
    private ShardVerification() {}

    /**
     * Checks digest, footer and key; rows are not decoded.
     *
     * @param file all bytes of the file
     * @param where its name, for errors
     * @throws InvalidDataException if the file is cut off, changed, or not the shard of this key
     */
    public static ShardSummary verify(byte[] file, String where, ShardKey expected) {
        try (LogitShardReader reader = LogitShardReader.open(file, where)) {
            ShardSummary summary = reader.summary();
            if (!summary.key().equals(expected)) {
                throw new InvalidDataException(where + ": expected the shard " + expected.digest() + ", found "
                        + summary.key().digest());
            }
            return summary;
        }
    }

    /**
     * Checks what {@link #verify} checks, and that the rows are those that were written, whatever the encoding.
     *
     * @throws InvalidDataException as {@link #verify}, or if rows, tokens or their digest differ from the footer's
     */
    public static ShardSummary verifyRows(byte[] file, String where, ShardKey expected) {
        ShardSummary summary = verify(file, where, expected);
        CanonicalDigest digests = new CanonicalDigest();
        long tokens = 0;
        try (LogitShardReader reader = LogitShardReader.open(file, where)) {
            for (Optional<LogitRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                digests.add(row.get().digest());
                tokens += row.get().tokens();
            }
        }
        String found = digests.hex();
        if (tokens != summary.tokens() || !found.equals(summary.rowDigest())) {
            throw new InvalidDataException(where + ": expected " + summary.tokens() + " tokens in rows with digest "
                    + summary.rowDigest() + ", found " + tokens + " with digest " + found);
        }
        return summary;
    }
}
