package io.retort.inference;

import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.Routing;
import java.util.Arrays;
import java.util.List;

/** Which experts a selection comes to for a prompt. Stateless. */
final class ExpertChoosing {
    private ExpertChoosing() {}

    /** @throws IllegalArgumentException for an expert that the router does not know */
    static Routing route(Router router, PerformanceHistory history, byte[] prompt, ExpertSelection selection) {
        List<String> ids = router.config().experts();
        if (selection instanceof ExpertSelection.Routed routed) {
            if (prompt.length > 0) {
                return router.route(prompt, history, routed.most());
            }
            double[] probabilities = history.adjust(router.probabilities(prompt));
            for (int e = 0; e < probabilities.length; e++) {
                probabilities[e] = (probabilities[e] + 1.0 / ids.size()) / 2;
            }
            return Routing.ofLikeliest(ids, probabilities, routed.most());
        }
        double[] weights = new double[ids.size()];
        if (selection instanceof ExpertSelection.Fixed fixed) {
            if (!ids.contains(fixed.expert())) {
                throw new IllegalArgumentException("expected one of the experts " + ids + ", found " + fixed.expert());
            }
            weights[ids.indexOf(fixed.expert())] = 1;
        } else {
            Arrays.fill(weights, 1.0 / ids.size());
        }
        return Routing.ofLikeliest(ids, weights, ids.size());
    }
}
