package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Matrix;

/** A part of a layer between a normalised input and what is added to the residual stream. */
interface Block {

    /** Takes the present weights and forgets gradients. */
    void load(Parameters parameters);

    /** Adds the gradients since {@link #load}. */
    void addGradients(Parameters gradients);

    /** {@code residual += block(input)}; input and what else backward needs are kept until the next call. */
    void forward(Packed packed, Matrix input, Matrix residual);

    /**
     * {@code inputGradient = ...}: the gradient of the input from that of the output, which is the residual's.
     *
     * @param input as given to {@link #forward}
     */
    void back(Packed packed, Matrix input, Matrix outputGradient, Matrix inputGradient);
}
