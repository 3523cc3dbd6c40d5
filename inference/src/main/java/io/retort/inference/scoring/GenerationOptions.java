package io.retort.inference.scoring;

import java.util.List;

/**
 * How an answer is written.
 *
 * @param limits of its length
 * @param sampling how each symbol is chosen
 * @param seed of the draws; the same seed writes the same answer, and greedy sampling draws nothing
 * @param stops texts at which it ends; none of them is part of the answer. At most {@value #MAX_STOPS}, none empty
 */
public record GenerationOptions(GenerationLimits limits, Sampling sampling, long seed, List<String> stops) {
    /** Texts to stop at. */
    public static final int MAX_STOPS = 16;

    public GenerationOptions {
        stops = List.copyOf(stops);
        if (stops.size() > MAX_STOPS || stops.contains("")) {
            throw new IllegalArgumentException(
                    "expected at most " + MAX_STOPS + " texts to stop at, none of them empty, found " + stops);
        }
    }

    /** The likeliest symbol after symbol, within limits. */
    public static GenerationOptions greedy(GenerationLimits limits) {
        return new GenerationOptions(limits, Sampling.GREEDY, 0, List.of());
    }

    /** The same with symbols drawn at random. */
    public GenerationOptions sampled(Sampling how, long seedOfDraws) {
        return new GenerationOptions(limits, how, seedOfDraws, stops);
    }

    /** The same with other texts to stop at. */
    public GenerationOptions stoppingAt(String... texts) {
        return new GenerationOptions(limits, sampling, seed, List.of(texts));
    }
}
