package io.retort.distill.teachers;

/**
 * What is known of a next-token distribution when a teacher does not give the whole: the actual token's log-probability
 * and the most likely tokens. Arrays are shared and must not be changed. Numbers may be NaN or infinite where the
 * teacher's are; who stores them judges.
 *
 * @param actual natural log-probability of the actual token, over the whole vocabulary
 * @param ids distinct token ids, in any order
 * @param logProbabilities theirs, over the whole vocabulary
 */
public record LikelyTokens(float actual, int[] ids, float[] logProbabilities) {
    public LikelyTokens {
        if (ids.length != logProbabilities.length) {
            throw new IllegalArgumentException(
                    "expected " + ids.length + " log-probabilities, found " + logProbabilities.length);
        }
    }
}
