package io.retort.inference.memory;

/**
 * What a runtime holds of its bundle's experts, in bytes of the heap.
 *
 * @param maxBytes the bound, {@link Long#MAX_VALUE} for none
 * @param experts how many are decoded
 * @param expertBytes of these, and of those that are being decoded, with the files that these are decoded from
 * @param compressed how many are kept compressed, decoded or not
 * @param compressedBytes of these; of a bundle in memory its files
 * @param textBytes of what is remembered of texts that are being read or written
 * @param loads how often an expert was decoded
 * @param evictions how often one was given up for another
 */
public record MemoryUsage(
        long maxBytes,
        int experts,
        long expertBytes,
        int compressed,
        long compressedBytes,
        long textBytes,
        long loads,
        long evictions) {

    /** Returns all bytes together. */
    public long usedBytes() {
        return expertBytes + compressedBytes + textBytes;
    }
}
