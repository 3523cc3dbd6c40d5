package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Which positions of a batch are predicted. Where prompts do not count, most of a pass is spent on what only serves to
 * predict them: the last layer needs their keys and values alone.
 */
public sealed interface ScoredPositions {

    /** The scored ones among all positions: [batch, time, channels] to [batch, scored, channels]. */
    NDArray select(NDArray array);

    /** Every position. */
    record All() implements ScoredPositions {
        @Override
        public NDArray select(NDArray array) {
            return array;
        }
    }

    /**
     * The same number in every row.
     *
     * @param rows where they lie when batch and time are one axis, [batch, scored], 64-bit integers
     * @param mask zero, or minus infinity at keys that are later, [batch, 1, scored, time]
     */
    record Some(NDArray rows, NDArray mask) implements ScoredPositions {
        @Override
        public NDArray select(NDArray array) {
            Shape shape = array.getShape();
            return Axes.rows(array.reshape(shape.get(0) * shape.get(1), shape.get(2)), rows);
        }
    }
}
