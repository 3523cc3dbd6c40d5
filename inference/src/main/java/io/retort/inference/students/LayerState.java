package io.retort.inference.students;

/** What one layer's mixer remembers. */
sealed interface LayerState permits RecurrenceLayer.Memory, AttentionMemory {

    void clear();

    /** An independent memory of the same positions and room. */
    LayerState copy();

    long bytes();
}
