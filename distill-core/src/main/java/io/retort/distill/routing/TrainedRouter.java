package io.retort.distill.routing;

import io.retort.inference.routing.Router;
import java.util.List;

/**
 * A router and what is known of it.
 *
 * @param heldOut the places of the documents that it was not trained on
 */
public record TrainedRouter(Router router, RouterReport report, List<Integer> heldOut) {
    public TrainedRouter {
        heldOut = List.copyOf(heldOut);
    }

    /** Returns the same with a calibration that was fitted afterwards. */
    public TrainedRouter with(Router other) {
        return new TrainedRouter(other, report, heldOut);
    }
}
