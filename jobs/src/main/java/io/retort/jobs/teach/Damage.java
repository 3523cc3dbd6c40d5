package io.retort.jobs.teach;

import java.io.Serializable;

/**
 * Something that is not as it should be in a dataset.
 *
 * @param path relative to the dataset
 * @param expected what should be there
 * @param found what is
 * @param remedy what was done about it
 */
public record Damage(String path, String expected, String found, Remedy remedy) implements Serializable {
    /** What was done. */
    public enum Remedy {
        /** The teacher was asked again. */
        RECOMPUTED,
        /** It was written again from what is known. */
        REWRITTEN,
        /** Nothing: it does no harm, and nobody knows whose it is. */
        LEFT
    }
}
