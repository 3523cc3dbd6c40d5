package io.retort.distill.teachers.causal;

import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.TokenSampler;

/**
 * How the tokens of some texts are chosen.
 *
 * @param sampling of all
 * @param seeds one a text
 */
record Draws(Sampling sampling, long[] seeds) {
    TokenSampler of(int text) {
        return new TokenSampler(sampling, seeds[text]);
    }
}
