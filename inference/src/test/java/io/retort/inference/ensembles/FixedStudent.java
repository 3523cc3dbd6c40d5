package io.retort.inference.ensembles;

import io.retort.inference.students.Student;
import io.retort.inference.students.StudentState;

/** A student over a few symbols whose prediction depends on the last symbol read alone: rows of probabilities. */
record FixedStudent(double[][] rows) implements Student {
    @Override
    public int alphabetSize() {
        return rows.length;
    }

    @Override
    public long parameterCount() {
        return (long) rows.length * rows.length;
    }

    @Override
    public StudentState newState(int maxSymbols) {
        return new Count(maxSymbols, 0);
    }

    @Override
    public void step(StudentState state, int symbol, float[] logProbabilities) {
        prefill(state, symbol);
        for (int i = 0; i < rows.length; i++) {
            logProbabilities[i] = (float) Math.log(rows[symbol][i]);
        }
    }

    @Override
    public void prefill(StudentState state, int symbol) {
        Count count = (Count) state;
        if (count.position == count.capacity) {
            throw new IllegalStateException("full");
        }
        count.position++;
    }

    private static final class Count implements StudentState {
        private final int capacity;
        private int position;

        private Count(int capacity, int position) {
            this.capacity = capacity;
            this.position = position;
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
            return new Count(capacity, position);
        }
    }
}
