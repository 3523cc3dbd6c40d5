package io.retort.eval.gates;

import io.retort.eval.statistics.Interval;

/**
 * What a gate found in one place.
 *
 * @param figure which figure of the candidate
 * @param candidate its value; NaN where undefined
 * @param champion the champion's; NaN where there is none or none is asked for
 * @param interval of the candidate's value, or where a champion is compared with, of candidate − champion
 * @param pValue of the difference, corrected by Holm where a gate covers several domains; NaN where none was made
 * @param documents how many it is over
 * @param because what decided
 */
public record GateFinding(
        String figure,
        double candidate,
        double champion,
        Interval interval,
        double pValue,
        long documents,
        Verdict verdict,
        String because) {
    /** Whether the gate holds here. */
    public enum Verdict {
        PASSED,
        FAILED
    }

    public boolean passed() {
        return verdict == Verdict.PASSED;
    }
}
