package io.retort.distill.teachers.causal;

/** The bounds every size of a config keeps: a hostile config.json must not lead to a huge allocation. */
public final class Sizes {
    private static final int LARGEST = 1 << 24;

    private Sizes() {}

    /** Requires 1 to the largest size. */
    public static void requirePositive(String name, int value) {
        require(name, value, 1);
    }

    /** Requires 0 to the largest size. */
    public static void requireNotNegative(String name, int value) {
        require(name, value, 0);
    }

    /** Requires an id of the vocabulary. */
    public static void requireToken(String name, int id, int vocabularySize) {
        if (id < 0 || id >= vocabularySize) {
            throw new IllegalArgumentException(name + ": expected 0 to " + (vocabularySize - 1) + ", found " + id);
        }
    }

    private static void require(String name, int value, int least) {
        if (value < least || value > LARGEST) {
            throw new IllegalArgumentException(name + ": expected " + least + " to " + LARGEST + ", found " + value);
        }
    }
}
