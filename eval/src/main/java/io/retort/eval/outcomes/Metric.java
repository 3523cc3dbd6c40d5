package io.retort.eval.outcomes;

import io.retort.eval.statistics.Direction;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.FixedPoint;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.Proportion;
import io.retort.eval.statistics.RatioState;

/** A figure over documents: which sums of a {@link Score} it is the ratio of. */
public enum Metric {
    /** The share of documents answered right, over those that ask something. */
    ACCURACY("acc", Direction.HIGHER_IS_BETTER),
    /** Bits for each byte of whole texts, the end of each text paid for but not counted as a byte. */
    BITS_PER_BYTE("bits_per_byte", Direction.LOWER_IS_BETTER),
    /** The same for answers given their prompts. */
    ANSWER_BITS_PER_BYTE("answer_bits_per_byte", Direction.LOWER_IS_BETTER);

    /** What kernels of other rounding make of the same weights, in bits a byte, with room to spare. */
    private static final double OF_ARITHMETIC = 1e-5;

    /** Right or wrong answers below which percentiles cover too seldom. */
    private static final int FEW = 5;

    private final String label;
    private final Direction direction;

    Metric(String label, Direction direction) {
        this.label = label;
        this.direction = direction;
    }

    /** The name in files, after lm-evaluation-harness where it has one. */
    public String label() {
        return label;
    }

    public Direction direction() {
        return direction;
    }

    /**
     * The size below which a difference is one of floating-point arithmetic and not of models, however surely it is there: the
     * same weights under other kernels differ on every document, always to the same side.
     */
    public double resolution() {
        return this == ACCURACY ? 0 : OF_ARITHMETIC;
    }

    /** Whether the score says something about this figure. */
    public boolean isMeasured(Score score) {
        return switch (this) {
            case ACCURACY -> score.isJudged();
            case BITS_PER_BYTE -> score.text().isKnown();
            case ANSWER_BITS_PER_BYTE -> score.answer().isKnown();
        };
    }

    /** Adds a measured score to the state of this figure. */
    public void update(RatioState state, long documentHash, Score score, int[] weights) {
        switch (this) {
            case ACCURACY -> state.update(documentHash, FixedPoint.of(score.correct()), 1, weights);
            case BITS_PER_BYTE -> update(state, documentHash, score.text(), weights);
            case ANSWER_BITS_PER_BYTE -> update(state, documentHash, score.answer(), weights);
        }
    }

    private static void update(RatioState state, long documentHash, Likelihood likelihood, int[] weights) {
        state.update(documentHash, FixedPoint.of(likelihood.nats()), likelihood.bytes(), weights);
    }

    public Estimate finish(RatioState state) {
        return state.finish(this == ACCURACY ? 1 : 1 / Math.log(2));
    }

    /**
     * The bootstrap's interval; of an accuracy the exact one where all or none are right, since there the bootstrap sees no
     * variation, and Wilson's where fewer than five are right or wrong, since there it sees too little.
     */
    public Interval interval(Estimate estimate, double level) {
        long documents = estimate.documents().documents();
        if (this == ACCURACY && (estimate.value() == 0 || estimate.value() == 1)) {
            return Proportion.unanimous(estimate.value() == 0 ? 0 : documents, documents, level);
        }
        double fewest = documents * Math.min(estimate.value(), 1 - estimate.value());
        if (this == ACCURACY && documents > 0 && fewest < FEW) {
            return Proportion.wilson(estimate.value(), documents, level);
        }
        return estimate.interval(level);
    }
}
