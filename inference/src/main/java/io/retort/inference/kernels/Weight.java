package io.retort.inference.kernels;

/**
 * A trained matrix, [inputs, outputs], which multiplies rows from the right. Its rows are padded with zeros.
 *
 * @param rows [inputs, padded outputs]
 */
public record Weight(Block rows, int inputs, int outputs) {

    /** A matrix that is stored row by row without padding; copied. */
    public static Weight of(float[] dense, int inputs, int outputs) {
        return new Weight(Block.of(dense, inputs, outputs), inputs, outputs);
    }

    /** Bytes of its array. */
    public long bytes() {
        return 4L * rows.values().length;
    }
}
