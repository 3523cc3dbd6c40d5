package io.retort.distill.teachers.checkpoints;

import java.util.Arrays;

/**
 * One tensor as a file's header describes it.
 *
 * @param name its name
 * @param type of its elements
 * @param shape its dimensions; none for a single number
 * @param begin its first byte, counted from where the data begins
 * @param end the byte behind its last
 */
record ShardEntry(String name, ElementType type, long[] shape, long begin, long end) {
    /** The number of elements. */
    long elements() {
        return (end - begin) / type.bytes();
    }

    /** Its shape as an error shows it. */
    String shapeText() {
        return Arrays.toString(shape);
    }
}
