package io.retort.inference.scoring;

import io.retort.inference.constraints.ByteConstraint;
import java.util.List;
import java.util.Objects;

/**
 * How an answer is written.
 *
 * @param limits of its length
 * @param sampling how each symbol is chosen
 * @param seed of the draws; the same seed writes the same answer, and greedy sampling draws nothing
 * @param stops texts at which it ends; none of them is part of the answer. At most {@value #MAX_STOPS}, none empty
 * @param constraint what it may be; {@link ByteConstraint#NONE} unless said otherwise. The answer is whole, and its stop {@link
 *     StopReason#END_OF_TEXT}, wherever the limits leave room for the shortest that is allowed: near them only what leads to
 *     an end in time may be written
 */
public record GenerationOptions(
        GenerationLimits limits, Sampling sampling, long seed, List<String> stops, ByteConstraint constraint) {
    /** Texts to stop at. */
    public static final int MAX_STOPS = 16;

    public GenerationOptions {
        Objects.requireNonNull(constraint, "constraint");
        stops = List.copyOf(stops);
        if (stops.size() > MAX_STOPS || stops.contains("")) {
            throw new IllegalArgumentException(
                    "expected at most " + MAX_STOPS + " texts to stop at, none of them empty, found " + stops);
        }
    }

    /** Without a constraint. */
    public GenerationOptions(GenerationLimits limits, Sampling sampling, long seed, List<String> stops) {
        this(limits, sampling, seed, stops, ByteConstraint.NONE);
    }

    /** The likeliest symbol after symbol, within limits. */
    public static GenerationOptions greedy(GenerationLimits limits) {
        return new GenerationOptions(limits, Sampling.GREEDY, 0, List.of());
    }

    /** The same with symbols drawn at random. */
    public GenerationOptions sampled(Sampling how, long seedOfDraws) {
        return new GenerationOptions(limits, how, seedOfDraws, stops, constraint);
    }

    /** The same with other texts to stop at. */
    public GenerationOptions stoppingAt(String... texts) {
        return new GenerationOptions(limits, sampling, seed, List.of(texts), constraint);
    }

    /** The same under a constraint. */
    public GenerationOptions under(ByteConstraint other) {
        return new GenerationOptions(limits, sampling, seed, stops, other);
    }
}
