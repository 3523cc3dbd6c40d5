package io.retort.distill.students;

import io.retort.inference.tensors.Tensor;
import java.util.Map;

/**
 * A training between two updates.
 *
 * @param step updates done
 * @param bestLoss lowest validation loss so far, infinite before the first
 * @param weights of the student
 * @param optimiser what the optimisers carry along
 * @param best the weights of the lowest validation loss; empty where they are not kept
 */
record Snapshot(
        int step,
        double bestLoss,
        Map<String, Tensor> weights,
        Map<String, Tensor> optimiser,
        Map<String, Tensor> best) {

    /** Before anything was done. */
    static final Snapshot NONE = new Snapshot(0, Double.POSITIVE_INFINITY, Map.of(), Map.of(), Map.of());

    /** Sets weights and optimisers to this. */
    void restore(TrainingState state) {
        state.load(weights);
        state.loadOptimiserState(optimiser);
    }
}
