package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import io.retort.inference.students.Student;
import java.util.Map;

/** A student in its training form: one pass over whole sequences, of the same function as its {@link Student}. */
@FunctionalInterface
public interface TrainableNetwork {

    /**
     * ln p of the next symbol after each position. What a position predicts depends on it and on earlier ones alone.
     * Gradients flow back to {@code tensors}; every array made is attached to their manager.
     *
     * @param tensors by name, each of its shape
     * @param symbols [batch, time], 64-bit integers; time a multiple of 8; a row begins a text, and its padding is behind
     * @return [batch, time, alphabet]
     */
    NDArray logProbabilities(Map<String, NDArray> tensors, NDArray symbols);
}
