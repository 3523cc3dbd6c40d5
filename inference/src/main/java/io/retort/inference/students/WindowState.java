package io.retort.inference.students;

import io.retort.inference.kernels.Block;

/** The last symbols that were read, in memory that does not grow with the text. Confined to one thread at a time. */
public final class WindowState implements StudentState {

    private final Student student;
    private final int capacity;
    private final int[] recent; // the symbol at position p lies at p mod window
    private final Block[] scratch;
    private final int[] lengths;
    private int position;

    /**
     * A state that has read nothing.
     *
     * @param student whose state it is
     * @param window how many symbols are remembered
     * @param capacity how many may be read
     * @param scratch lengths of the arrays that a step may use as it likes
     * @throws IllegalArgumentException if {@code capacity} is not positive
     */
    public WindowState(Student student, int window, int capacity, int... scratch) {
        if (capacity < 1) {
            throw new IllegalArgumentException("expected room for at least one symbol, found " + capacity);
        }
        this.student = student;
        this.capacity = capacity;
        this.recent = new int[window];
        this.scratch = new Block[scratch.length];
        for (int i = 0; i < scratch.length; i++) {
            this.scratch[i] = Block.zeros(1, scratch[i]);
        }
        this.lengths = scratch.clone();
    }

    /**
     * The state of {@code reader} after {@code symbol} was read.
     *
     * @throws IllegalArgumentException if the symbol is outside the alphabet or the state is another student's
     * @throws IllegalStateException if the state is full
     */
    public static WindowState read(Student reader, StudentState state, int symbol) {
        if (!(state instanceof WindowState own) || own.student != reader) {
            throw new IllegalArgumentException("the state belongs to another student");
        }
        if (symbol < 0 || symbol >= reader.alphabetSize()) {
            throw new IllegalArgumentException(
                    "expected a symbol of 0 to " + (reader.alphabetSize() - 1) + ", found " + symbol);
        }
        if (own.position >= own.capacity) {
            throw new IllegalStateException("the state is full: it has read all " + own.capacity + " symbols");
        }
        own.recent[own.position % own.recent.length] = symbol;
        own.position++;
        return own;
    }

    /** How many symbols are remembered now: the window, or all where fewer were read. */
    public int remembered() {
        return Math.min(position, recent.length);
    }

    /** The symbol read {@code back} symbols before the last one, which is 0; below {@link #remembered}. */
    public int symbol(int back) {
        return recent[(position - 1 - back) % recent.length];
    }

    /** The arrays that a step may use, whose content nobody relies on; each a row. */
    Block[] scratch() {
        return scratch;
    }

    /** One of the arrays that a step may use, at least as long as was asked for, whose content nobody relies on. */
    public float[] scratch(int index) {
        return scratch[index].values();
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
        long bytes = 4L * recent.length;
        for (Block row : scratch) {
            bytes += 4L * row.values().length;
        }
        return bytes;
    }

    @Override
    public void clear() {
        position = 0;
    }

    @Override
    public StudentState copy() {
        WindowState copy = new WindowState(student, recent.length, capacity, lengths);
        System.arraycopy(recent, 0, copy.recent, 0, recent.length);
        copy.position = position;
        return copy;
    }
}
