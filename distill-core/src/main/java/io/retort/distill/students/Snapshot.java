package io.retort.distill.students;

import io.retort.inference.tensors.Tensor;
import java.util.Map;

/**
 * A training between two updates.
 *
 * @param step updates done
 * @param weights of the student
 * @param optimiser what the optimisers carry along
 */
record Snapshot(int step, Map<String, Tensor> weights, Map<String, Tensor> optimiser) {

    /** Before anything was done. */
    static final Snapshot NONE = new Snapshot(0, Map.of(), Map.of());

    /** Sets weights and optimisers to this. */
    void restore(TrainingState state) {
        state.load(weights);
        state.loadOptimiserState(optimiser);
    }
}
