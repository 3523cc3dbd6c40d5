package io.retort.distill.optimisation;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** Changes arrays by their gradients. Belongs to one thread. */
public interface Optimiser extends AutoCloseable {

    /**
     * Changes every array by the gradient it holds and clears that gradient.
     *
     * @param step number of this update, from 1; the only counter, so that a resumed run passes the same
     * @param rateFactor what the schedule makes of the learning rate
     */
    void update(int step, double rateFactor);

    /**
     * The arrays carried from one update to the next, by stable names: live, to be read for a checkpoint and to be set
     * from one.
     */
    Map<String, NDArray> state();

    /**
     * Sets the state from saved values.
     *
     * @throws IllegalArgumentException if the names or sizes differ from those of {@link #state}
     */
    default void restore(Map<String, float[]> saved) {
        Map<String, NDArray> state = state();
        if (!state.keySet().equals(saved.keySet())) {
            throw new IllegalArgumentException(
                    "expected optimiser state " + state.keySet() + ", found " + saved.keySet());
        }
        saved.forEach((name, values) -> {
            NDArray array = state.get(name);
            if (array == null || array.size() != values.length) {
                throw new IllegalArgumentException(
                        name + ": expected as many values as the optimiser holds, found " + values.length);
            }
            array.set(values);
        });
    }

    /** Frees the state. */
    @Override
    void close();
}
