package io.retort.eval.routing;

import java.io.Serializable;

/**
 * Probabilities and whether what they were given to came true, before and after calibration: equally long arrays, which
 * are not copied.
 */
public record Confidences(float[] before, float[] after, boolean[] right) implements Serializable {
    public Confidences {
        if (before.length != right.length || after.length != right.length) {
            throw new IllegalArgumentException(
                    "expected equally many, found " + before.length + ", " + after.length + " and " + right.length);
        }
    }
}
