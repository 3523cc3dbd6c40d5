package io.retort.inference;

import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.Generation;

/** What was generated, and by which experts with what weight and confidence. */
public record Answer(Generation generation, Routing routing) {

    /** Returns how sure the router is of its first choice, 0 to 1. */
    public double confidence() {
        return routing.confidence();
    }
}
