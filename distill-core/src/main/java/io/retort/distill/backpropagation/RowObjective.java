package io.retort.distill.backpropagation;

/** What is minimised, from the scores of one pass. */
@FunctionalInterface
public interface RowObjective {

    /**
     * The loss of some rows, weighted and summed; puts its gradient in the logits' place.
     *
     * @param logits row by row, {@code stride} apart; the first {@code alphabet} of a row count, the others stay zero
     * @param rows those of the pass, all
     */
    double lossAndGradient(float[] logits, int stride, int rows);
}
