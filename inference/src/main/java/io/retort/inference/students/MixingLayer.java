package io.retort.inference.students;

/** One layer's mixer with its weights; the memory is passed in. */
sealed interface MixingLayer permits RecurrenceLayer, AttentionLayer {

    LayerState newMemory(int maxSymbols);

    /**
     * Remembers a position and adds what the mixer makes of it.
     *
     * @param memory made by this layer
     * @param position number of positions read before this one
     * @param input [width], normalised
     * @param output [width], added to
     */
    void mix(LayerState memory, int position, float[] input, float[] output);

    /** Remembers a position, as {@link #mix} does, without computing an output. */
    void remember(LayerState memory, int position, float[] input);
}
