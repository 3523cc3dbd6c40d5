package io.retort.inference.students;

/** One layer's mixer with its weights; the memory is passed in. */
sealed interface MixingLayer permits RecurrenceLayer, AttentionLayer {

    /** Bytes of the heap that its weights take. */
    long weightBytes();

    LayerState newMemory(int maxSymbols, MemoryFormat format);

    /** Columns of its projection in {@link Scratch}. */
    int projections();

    /** Positions that its convolution sees. */
    int shifts();

    /** Whether it looks at earlier positions one by one, for which {@link Scratch} needs scores. */
    boolean attends();

    /**
     * Remembers the positions of {@code scratch.normalised} and adds what the mixer makes of them to {@code scratch.x}.
     *
     * @param memory made by this layer
     * @param position number of positions read before the first row
     */
    void mix(LayerState memory, int position, Scratch scratch, int rows);

    /** Remembers positions, as {@link #mix} does, without computing an output. */
    void remember(LayerState memory, int position, Scratch scratch, int rows);
}
