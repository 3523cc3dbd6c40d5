package io.retort.datasets.logits;

/** What became of a chunk: a row for a shard, or a row for quarantine. */
public sealed interface RowOutcome {
    /** The chunk's row. */
    record Scored(LogitRow row) implements RowOutcome {}

    /** Why the chunk has no row. */
    record Quarantined(QuarantineRow row) implements RowOutcome {}
}
