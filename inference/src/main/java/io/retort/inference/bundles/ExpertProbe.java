package io.retort.inference.bundles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentState;

/**
 * Lets a student read a little before anybody relies on it: weights that are finite one by one may still overflow in its
 * sums, and everything it says is then NaN.
 */
final class ExpertProbe {
    /** Multiplications a probe may take, about a tenth of a second; a student of ordinary size reads every symbol once. */
    private static final long MOST_OPERATIONS = 100_000_000;

    private ExpertProbe() {}

    /**
     * Reads the start of a text and one symbol after the other.
     *
     * @param weightsPerSymbol multiplications that a symbol costs
     * @throws IllegalArgumentException if a probability is no number
     */
    static void requireNumbers(Student student, long weightsPerSymbol) {
        int symbols = (int) Math.min(Alphabet.SIZE, Math.max(1, MOST_OPERATIONS / weightsPerSymbol));
        StudentState state = student.newState(symbols);
        float[] logProbabilities = new float[student.alphabetSize()];
        for (int i = 0; i < symbols; i++) {
            // END, which is the last symbol, starts a text.
            int symbol = (Alphabet.END + i) % Alphabet.SIZE;
            student.step(state, symbol, logProbabilities);
            for (float logProbability : logProbabilities) {
                if (Float.isNaN(logProbability) || logProbability == Float.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException("expected log-probabilities after " + (i + 1)
                            + " symbols, found " + logProbability + ": the weights overflow");
                }
            }
        }
    }
}
