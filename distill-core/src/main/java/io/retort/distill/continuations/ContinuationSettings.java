package io.retort.distill.continuations;

import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.io.Serializable;

/**
 * How documents are continued.
 *
 * @param temperature of the draws, see {@link Sampling}
 * @param topP of the draws
 * @param samples texts a document, at least 1
 * @param maxBytes longest text; longer ones are left out
 * @param textShare of a text without a prompt, the share of its characters that the author is given, 0 to 1 exclusive
 * @param seed of all draws
 */
public record ContinuationSettings(
        double temperature, double topP, int samples, int maxBytes, double textShare, long seed)
        implements Serializable {
    private static final int MOST_SAMPLES = 1024;

    /** Checks the settings, naming the one that is wrong. */
    public ContinuationSettings {
        new Sampling(temperature, topP);
        new GenerationLimits(maxBytes);
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw new IllegalArgumentException("expected samples of 1 to " + MOST_SAMPLES + ", found " + samples);
        }
        if (samples > 1 && temperature == 0) {
            throw new IllegalArgumentException(
                    "expected a temperature above 0 for " + samples + " samples, which would all be equal, found 0");
        }
        if (!(textShare >= 0 && textShare < 1)) {
            throw new IllegalArgumentException("expected a text-share of 0 to below 1, found " + textShare);
        }
    }

    /** How tokens are drawn. */
    public Sampling sampling() {
        return new Sampling(temperature, topP);
    }

    /** How long texts may be. */
    public GenerationLimits limits() {
        return new GenerationLimits(maxBytes);
    }
}
