package io.retort.jobs.teach;

/**
 * What some documents of a domain took.
 *
 * @param documents how many
 * @param textBytes of their texts
 * @param cost of scoring them
 * @param file the shard they would make
 */
record SliceMeasure(int documents, long textBytes, ShardCost cost, byte[] file) {}
