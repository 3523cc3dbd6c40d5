package io.retort.datasets.logits;

import java.util.Locale;

/** Why a chunk has no row. */
public enum QuarantineReason {
    /** The concatenation of the tokens' bytes is not the text's bytes. */
    TEXT_MISMATCH,
    /** The teacher gave a log-probability that is NaN or infinite. */
    NOT_FINITE,
    /** The teacher's probabilities do not sum to 1. */
    NOT_NORMALISED,
    /** The teacher gave no distribution for some position. */
    MISSING_POSITIONS,
    /** The teacher gave fewer entries of a distribution than are to be stored. */
    TOO_FEW_ENTRIES,
    /** The teacher refused the chunk for good; the detail has its words. */
    TEACHER_REFUSED;

    /** The name in files and reports, such as {@code text-mismatch}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The reason of a {@link #label()}.
     *
     * @throws IllegalArgumentException if no reason has this label
     */
    public static QuarantineReason labelled(String label) {
        for (QuarantineReason reason : values()) {
            if (reason.label().equals(label)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("expected a reason for quarantine, found \"" + label + "\"");
    }
}
