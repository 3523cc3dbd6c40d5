package io.retort.eval.statistics;

/**
 * A prediction with the probability that was given to it.
 *
 * @param documentHash {@link PoissonWeights#hash} of the id of the document that it is about
 * @param confidence the probability, 0 to 1
 */
public record Prediction(long documentHash, double confidence, Outcome outcome) {
    /** Whether it came true. */
    public enum Outcome {
        RIGHT,
        WRONG
    }

    public Prediction {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("expected a confidence of 0 to 1, found " + confidence);
        }
    }

    /** Confidence less outcome: what a bin's miscalibration is the mean of. */
    double excess() {
        return outcome == Outcome.RIGHT ? confidence - 1 : confidence;
    }
}
