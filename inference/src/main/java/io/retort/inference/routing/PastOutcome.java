package io.retort.inference.routing;

/**
 * An outcome that a history remembers.
 *
 * @param age how many outcomes, of any expert, were recorded after it
 * @param quality from 0, a wrong answer, to 1, a right one
 */
public record PastOutcome(long age, double quality) {
    public PastOutcome {
        if (age < 0 || !(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException(
                    "expected an age of at least 0 and a quality of 0 to 1, found " + age + " and " + quality);
        }
    }
}
