package io.retort.inference;

import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.Generation;

/**
 * What was generated, and by which experts with what weight and confidence.
 *
 * @param droppedBytes of the prompt's start, which nobody read because it is longer than what a text may have ({@link
 *     io.retort.inference.ensembles.LongPrompt#SLIDE})
 */
public record Answer(Generation generation, Routing routing, int droppedBytes) {
    public Answer {
        if (droppedBytes < 0) {
            throw new IllegalArgumentException("expected dropped bytes of at least 0, found " + droppedBytes);
        }
    }

    /** An answer to all of a prompt. */
    public Answer(Generation generation, Routing routing) {
        this(generation, routing, 0);
    }

    /** Returns how sure the router is of its first choice, 0 to 1. */
    public double confidence() {
        return routing.confidence();
    }
}
