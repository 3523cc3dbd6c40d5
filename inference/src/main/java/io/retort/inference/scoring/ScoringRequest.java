package io.retort.inference.scoring;

import java.util.Objects;

/**
 * What to score: {@code continuation} after {@code context}, both bytes of a text. The arrays are not copied and must
 * not change while a model has them. An empty context is the start of a text.
 */
public record ScoringRequest(byte[] context, byte[] continuation, Ending ending) {
    public ScoringRequest {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(continuation, "continuation");
        Objects.requireNonNull(ending, "ending");
    }
}
