package io.retort.inference.students;

/** What students make of their outputs. */
public final class Logits {

    private Logits() {}

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
