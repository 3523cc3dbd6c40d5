package io.retort.inference.students;

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
}
