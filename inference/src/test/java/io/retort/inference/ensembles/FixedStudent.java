package io.retort.inference.ensembles;

import io.retort.inference.students.CountedState;
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
        return new CountedState(maxSymbols);
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
        ((CountedState) state).read();
    }
}
