package io.retort.distill.teachers.nano;

/** The bounds every size of a config keeps: a hostile config.json must not lead to a huge allocation. */
final class Sizes {
    private static final int LARGEST = 1 << 24;

    private Sizes() {}

    static void requirePositive(String name, int value) {
        require(name, value, 1);
    }

    static void requireNotNegative(String name, int value) {
        require(name, value, 0);
    }

    private static void require(String name, int value, int least) {
        if (value < least || value > LARGEST) {
            throw new IllegalArgumentException(name + ": expected " + least + " to " + LARGEST + ", found " + value);
        }
    }
}
