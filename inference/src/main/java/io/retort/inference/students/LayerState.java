package io.retort.inference.students;

/** What one layer's mixer remembers. */
sealed interface LayerState permits RecurrenceLayer.Memory, AttentionLayer.Memory {

    void clear();

    /** An independent memory of the same {@code positions} positions. */
    LayerState copy(int positions);

    long bytes();
}
