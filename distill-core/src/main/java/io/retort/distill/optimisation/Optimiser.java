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

    /** Frees the state. */
    @Override
    void close();
}
