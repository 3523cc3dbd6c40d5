package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;

/** What students make of their outputs. */
public final class Logits {

    private Logits() {}

    /**
     * Requires that an array has room for what a student says of the next symbol, and no more.
     *
     * @throws IllegalArgumentException if it has not
     */
    public static void requireRoom(Student student, float[] logProbabilities) {
        if (logProbabilities.length != student.alphabetSize()) {
            throw new IllegalArgumentException("expected an array of " + student.alphabetSize()
                    + " log-probabilities, found " + logProbabilities.length);
        }
    }

    static void requireRows(Student student, int rows, float[] logProbabilities) {
        if (rows < 0 || logProbabilities.length < (long) rows * student.alphabetSize()) {
            throw new IllegalArgumentException("expected room for " + rows + " rows of " + student.alphabetSize()
                    + " log-probabilities, found " + logProbabilities.length);
        }
    }

    /** Turns logits into natural logarithms of the probabilities of their softmax, in place. */
    public static void toLogProbabilities(float[] logits) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        float normaliser = (float) (highest + Math.log(sum));
        for (int i = 0; i < logits.length; i++) {
            logits[i] -= normaliser;
        }
    }

    /** The same of one row, which is destroyed; they are written to {@code result} from {@code at}. */
    static void toLogProbabilities(Kernels kernels, Block logits, int row, int count, float[] result, int at) {
        int from = logits.row(row);
        System.arraycopy(logits.values(), from, result, at, count);
        float highest = kernels.largest(result, at, count);
        float normaliser = (float) (highest + Math.log(kernels.exponentials(logits.values(), from, count, highest)));
        for (int i = at; i < at + count; i++) {
            result[i] -= normaliser;
        }
    }
}
