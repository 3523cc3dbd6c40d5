package io.retort.bench.formats;

import java.util.List;

/** A way to store a teacher's distributions: writes them, and reads back what is left of them. */
interface LogitStorage {
    /** The project and its setting, as the table names it. */
    String name();

    /** Writes all chunks and reads them back from what was written. */
    Stored store(TaughtText text);

    /**
     * What came of it.
     *
     * @param fileBytes of the files, the tokens of the text included
     * @param entries tokens stored with a probability of their own, over all positions
     * @param distributions as read back, by chunk and scored position
     */
    record Stored(long fileBytes, long entries, List<List<SparseDistribution>> distributions) {}
}
