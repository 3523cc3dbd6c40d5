package io.retort.datasets.logits;

/**
 * A chunk that has no row, and why.
 *
 * @param origin the document and the chunk's index
 * @param reason the kind of fault
 * @param detail what was expected and what was found
 */
public record QuarantineRow(ChunkOrigin origin, QuarantineReason reason, String detail) {}
