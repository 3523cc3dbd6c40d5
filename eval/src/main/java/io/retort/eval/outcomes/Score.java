package io.retort.eval.outcomes;

import java.io.Serializable;

/**
 * The sufficient statistics of one document under one model.
 *
 * @param correct 1 for a right answer and 0 for a wrong one (by the document's checker, or by likelihood among its
 *     choices); between the two for the expected score of a guess; NaN where the document asks nothing
 * @param text the whole text, prompt and answer
 * @param answer the answer given the prompt
 */
public record Score(double correct, Likelihood text, Likelihood answer) implements Serializable {
    public Score {
        if (correct < 0 || correct > 1) {
            throw new IllegalArgumentException("correct: expected 0 to 1 or NaN, found " + correct);
        }
    }

    /** Whether the document asked for an answer that was judged. */
    public boolean isJudged() {
        return !Double.isNaN(correct);
    }
}
