package io.retort.distill.backpropagation;

/**
 * A student's losses and their gradients. Belongs to one thread. Weights are taken by {@link #load}, gradients gather over
 * passes and are given by {@link #addGradients}.
 */
public interface GradientSource extends AutoCloseable {

    /** Rows that a pass should have, about, to be quick. */
    int rowsPerPass();

    /** Takes the present weights, and forgets gradients. */
    void load(Parameters weights);

    /** The loss of some sequences. */
    double loss(Packed packed, RowObjective objective);

    /** The loss of some sequences, whose gradient is gathered. */
    double lossAndGradient(Packed packed, RowObjective objective);

    /** Adds the gradients that were gathered since {@link #load}. */
    void addGradients(Parameters gradients);

    @Override
    void close();
}
