package io.retort.bench.runtime;

import io.retort.inference.students.Student;
import io.retort.inference.students.StudentState;

/**
 * An expert call with a known answer: a prompt is read, then every symbol of the answer, each asked for.
 *
 * @param symbols prompt and answer
 * @param prompt how many of them are the prompt
 */
record Call(int[] symbols, int prompt) {

    /** Reads symbol by symbol, as the rivals do; returns ln p of the answer. */
    double bySymbol(Student student, StudentState state, float[] row) {
        state.clear();
        double sum = 0;
        for (int i = 0; i < symbols.length; i++) {
            if (i < prompt - 1) {
                student.prefill(state, symbols[i]);
                continue;
            }
            student.step(state, symbols[i], row);
            if (i + 1 < symbols.length) {
                sum += row[symbols[i + 1]];
            }
        }
        return sum;
    }

    /** Reads the prompt at once, then symbol by symbol, as the runtime answers; returns ln p of the answer. */
    double answering(Student student, StudentState state, float[] row) {
        state.clear();
        double sum = 0;
        student.prefill(state, symbols, 0, prompt - 1);
        for (int i = prompt - 1; i < symbols.length; i++) {
            student.step(state, symbols[i], row);
            if (i + 1 < symbols.length) {
                sum += row[symbols[i + 1]];
            }
        }
        return sum;
    }

    /** Reads all at once, as the runtime scores; returns ln p of the answer. */
    double scoring(Student student, StudentState state, float[] rows) {
        state.clear();
        student.prefill(state, symbols, 0, prompt - 1);
        student.step(state, symbols, prompt - 1, symbols.length, rows);
        double sum = 0;
        for (int i = prompt; i < symbols.length; i++) {
            sum += rows[(i - prompt) * student.alphabetSize() + symbols[i]];
        }
        return sum;
    }
}
