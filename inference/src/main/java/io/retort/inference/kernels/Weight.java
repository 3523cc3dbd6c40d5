package io.retort.inference.kernels;

/**
 * A trained matrix, [inputs, outputs], which multiplies rows from the right. Its rows are padded with zeros.
 *
 * @param rows [inputs, padded outputs]
 */
public record Weight(Block rows, int inputs, int outputs) {
    private static final int OBJECT = 24;

    /** A matrix that is stored row by row without padding; copied. */
    public static Weight of(float[] dense, int inputs, int outputs) {
        return new Weight(Block.of(dense, inputs, outputs), inputs, outputs);
    }

    /** Bytes of the heap that it takes. */
    public long bytes() {
        return rows.bytes() + OBJECT;
    }
}
