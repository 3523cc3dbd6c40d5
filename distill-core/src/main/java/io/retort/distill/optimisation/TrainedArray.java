package io.retort.distill.optimisation;

import ai.djl.ndarray.NDArray;

/**
 * An array that training changes in place.
 *
 * @param name unique within a model; names the optimiser's state
 * @param values a leaf of the graph that requires a gradient
 */
public record TrainedArray(String name, NDArray values) {
    public TrainedArray {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("expected a name, found an empty one");
        }
        if (!values.hasGradient()) {
            throw new IllegalArgumentException(name + ": expected an array that requires a gradient");
        }
    }
}
