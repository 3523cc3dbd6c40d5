package io.retort.distill.teachers.causal;

/**
 * How rotary position is applied to a head.
 *
 * @param still channels in front that are not turned
 * @param frequencies the angle a token turns each pair of the other channels by, in radians
 * @param pairing which channels are a pair
 * @param length factor on every turned channel
 * @param queryScale factor on every channel of a query: the softmax scale
 */
public record RotationPlan(int still, double[] frequencies, Pairing pairing, double length, double queryScale) {
    /** Which two of the turned channels are turned together. */
    public enum Pairing {
        /** Channels 2i and 2i + 1, as DeepSeek-V3 has them. */
        NEIGHBOURS,
        /** Channels i and i + n/2 of n, as transformers has them for Llama. */
        HALVES
    }

    /** The turned channels of a head. */
    int turned() {
        return 2 * frequencies.length;
    }

    /** The first channel of a pair, counted from the first turned one. */
    int first(int pair) {
        return pairing == Pairing.NEIGHBOURS ? 2 * pair : pair;
    }

    /** The second channel of a pair. */
    int second(int pair) {
        return pairing == Pairing.NEIGHBOURS ? 2 * pair + 1 : pair + frequencies.length;
    }
}
