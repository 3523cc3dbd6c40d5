package io.retort.inference.students;

/** What a {@link Student} remembers of the symbols read so far. Confined to one thread at a time. */
public interface StudentState {

    /** Symbols read so far. */
    int position();

    /** Symbols that may be read in all. */
    int capacity();

    /** Bytes held by this state's arrays. */
    long memoryBytes();

    /** Forgets everything that was read; the memory is kept. */
    void clear();

    /** An independent state that has read the same symbols. */
    StudentState copy();
}
