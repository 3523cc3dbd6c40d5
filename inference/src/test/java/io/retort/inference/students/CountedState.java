package io.retort.inference.students;

/** The state of a student of tests that remembers nothing but how much it has read. */
public final class CountedState implements StudentState {
    private final int capacity;
    private int position;

    /** A state that may read so many symbols. */
    public CountedState(int capacity) {
        this.capacity = capacity;
    }

    /** Counts a symbol that is read. */
    public void read() {
        if (position == capacity) {
            throw new IllegalStateException("full");
        }
        position++;
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public long memoryBytes() {
        return 8;
    }

    @Override
    public void clear() {
        position = 0;
    }

    @Override
    public StudentState copy() {
        CountedState copy = new CountedState(capacity);
        copy.position = position;
        return copy;
    }
}
