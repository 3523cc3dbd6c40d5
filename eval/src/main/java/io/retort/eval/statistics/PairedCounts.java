package io.retort.eval.statistics;

import java.io.Serializable;

/**
 * How often two models were right and wrong on the same documents: the sufficient statistics of {@link McNemar}'s test.
 * Immutable; adding is associative and commutative.
 */
public record PairedCounts(long bothRight, long onlyFirst, long onlySecond, long bothWrong) implements Serializable {
    /** No document. */
    public static final PairedCounts NONE = new PairedCounts(0, 0, 0, 0);

    /** One document. */
    public static PairedCounts of(Outcome first, Outcome second) {
        boolean firstRight = first == Outcome.RIGHT;
        boolean secondRight = second == Outcome.RIGHT;
        return new PairedCounts(
                firstRight && secondRight ? 1 : 0,
                firstRight && !secondRight ? 1 : 0,
                !firstRight && secondRight ? 1 : 0,
                !firstRight && !secondRight ? 1 : 0);
    }

    /** Whether an answer was right. */
    public enum Outcome {
        RIGHT,
        WRONG
    }

    public PairedCounts plus(PairedCounts other) {
        return new PairedCounts(
                bothRight + other.bothRight,
                onlyFirst + other.onlyFirst,
                onlySecond + other.onlySecond,
                bothWrong + other.bothWrong);
    }

    /** The same counts with the two models exchanged. */
    public PairedCounts swapped() {
        return new PairedCounts(bothRight, onlySecond, onlyFirst, bothWrong);
    }

    public long documents() {
        return bothRight + onlyFirst + onlySecond + bothWrong;
    }
}
