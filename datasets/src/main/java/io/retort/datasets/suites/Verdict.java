package io.retort.datasets.suites;

import java.util.Objects;

/**
 * A checker's judgement of one answer.
 *
 * @param correct whether the answer counts as right
 * @param reason why, in one line; empty when right
 */
public record Verdict(boolean correct, String reason) {

    private static final Verdict RIGHT = new Verdict(true, "");

    public Verdict {
        Objects.requireNonNull(reason, "reason");
        if (correct != reason.isEmpty()) {
            throw new IllegalArgumentException("a wrong answer has a reason and a right one has none, found " + correct
                    + " with reason '" + reason + "'");
        }
    }

    /** The answer is right. */
    public static Verdict right() {
        return RIGHT;
    }

    /** The answer is wrong, for the reason given. */
    public static Verdict wrong(String reason) {
        return new Verdict(false, reason);
    }
}
