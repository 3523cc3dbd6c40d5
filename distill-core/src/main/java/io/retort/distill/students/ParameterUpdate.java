package io.retort.distill.students;

import io.retort.distill.backpropagation.Parameters;
import java.util.Map;

/** Changes some of a student's parameters by their gradients. Belongs to one thread. */
interface ParameterUpdate {

    /**
     * Makes update number {@code step}, from 1.
     *
     * @param rateFactor what the learning rate is multiplied by
     */
    void apply(Parameters parameters, Parameters gradients, int step, double rateFactor);

    /** What is carried from one update to the next, by stable names: live arrays. */
    Map<String, float[]> state();
}
