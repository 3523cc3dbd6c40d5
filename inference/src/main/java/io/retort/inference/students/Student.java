package io.retort.inference.students;

/**
 * A trained model that reads symbols one at a time and predicts the next one. Immutable and safe for any number of
 * threads; what it has read lives in a {@link StudentState}, which belongs to one thread at a time.
 */
public interface Student {

    /** Symbols read and predicted: valid symbols are 0 to {@code alphabetSize() - 1}. */
    int alphabetSize();

    /** Every trained number, exactly. */
    long parameterCount();

    /** Bytes of the heap that its weights take. */
    default long memoryBytes() {
        return Float.BYTES * parameterCount();
    }

    /**
     * A state that has read nothing and may read up to {@code maxSymbols}; all its memory is allocated here.
     *
     * @throws IllegalArgumentException if {@code maxSymbols} is not positive or its memory passes what an array holds
     */
    StudentState newState(int maxSymbols);

    /**
     * As {@link #newState(int)}, which keeps 32-bit floats, but that what grows with the text is kept in another format. What is
     * read does not depend on whether it is read at once or one after the other in any format.
     */
    default StudentState newState(int maxSymbols, MemoryFormat format) {
        return newState(maxSymbols);
    }

    /**
     * Reads a symbol and writes the natural logarithms of the probabilities of the next one. Allocates nothing.
     *
     * @param state made by this student; changed
     * @param symbol the symbol read
     * @param logProbabilities receives {@code alphabetSize()} values
     * @throws IllegalArgumentException if the symbol is outside the alphabet, the array's length differs or the state
     *     belongs to another student
     * @throws IllegalStateException if the state is full
     */
    void step(StudentState state, int symbol, float[] logProbabilities);

    /**
     * Reads a symbol without predicting the next one: what is only needed for the prediction is not computed, so that
     * reading a prompt takes time linear in its length. Allocates nothing and throws as {@link #step} does.
     */
    void prefill(StudentState state, int symbol);

    /**
     * Reads symbols as {@link #step(StudentState, int, float[])} reads one after the other, which takes less time where it
     * is done at once. May allocate.
     *
     * @param symbols read from {@code from} to before {@code to}
     * @param logProbabilities receives {@code alphabetSize()} values for each of them, one row after the other
     * @throws IllegalArgumentException if a symbol is outside the alphabet, those before it being read or not, the array is
     *     too small or the state belongs to another student
     * @throws IllegalStateException if the state has no room for them
     */
    default void step(StudentState state, int[] symbols, int from, int to, float[] logProbabilities) {
        Logits.requireRows(this, to - from, logProbabilities);
        float[] row = new float[alphabetSize()];
        for (int i = from; i < to; i++) {
            step(state, symbols[i], row);
            System.arraycopy(row, 0, logProbabilities, (i - from) * row.length, row.length);
        }
    }

    /** Reads symbols as {@link #prefill(StudentState, int)} does, at once. May allocate; throws as reading them does. */
    default void prefill(StudentState state, int[] symbols, int from, int to) {
        for (int i = from; i < to; i++) {
            prefill(state, symbols[i]);
        }
    }
}
