package io.retort.inference.scoring;

/** Bounds of one generation: at most {@code maxBytes} bytes are produced, at least 1. */
public record GenerationLimits(int maxBytes) {
    public GenerationLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("expected maxBytes of at least 1, found " + maxBytes);
        }
    }
}
