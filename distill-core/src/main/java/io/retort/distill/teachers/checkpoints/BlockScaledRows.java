package io.retort.distill.teachers.checkpoints;

import io.retort.datasets.InvalidDataException;

/**
 * Rows of 8-bit floats with a factor for each block of 128 by 128, as DeepSeek-V3's and Kimi-K2's checkpoints have them:
 * a weight is its element times {@code <name>_scale_inv[row / 128, column / 128]}; the last block of either axis may be
 * partial.
 *
 * @param raw the elements, {@code [rows, columns]}
 * @param scales {@code [ceil(rows / 128), ceil(columns / 128)]}
 */
record BlockScaledRows(RawTensor raw, RawTensor scales) implements RowDecoder {
    private static final int BLOCK = 128;

    BlockScaledRows {
        long[] shape = raw.entry().shape();
        long[] found = scales.entry().shape();
        if (shape.length != 2 || found.length != 2 || found[0] != blocks(shape[0]) || found[1] != blocks(shape[1])) {
            throw new InvalidDataException(scales.file().name() + ": tensor " + scales.name()
                    + ": expected a scale for each block of 128 by 128 of a matrix, found "
                    + scales.entry().shapeText()
                    + " scales for " + raw.entry().shapeText() + " weights");
        }
        scales.requireDecodable();
    }

    private static long blocks(long size) {
        return (size + BLOCK - 1) / BLOCK;
    }

    @Override
    public WeightEncoding encoding() {
        return WeightEncoding.F8_BLOCKS;
    }

    @Override
    public long[] shape() {
        return raw.entry().shape();
    }

    @Override
    public long storedBytes() {
        return raw.entry().end()
                - raw.entry().begin()
                + scales.entry().end()
                - scales.entry().begin();
    }

    @Override
    public void decode(long from, int count, float[] into, int at) {
        int columns = Math.toIntExact(shape()[1]);
        raw.decode(from * columns, Math.multiplyExact(count, columns), into, at);
        int blocksOfRow = Math.toIntExact(blocks(columns));
        float[] factors = new float[blocksOfRow];
        long loaded = -1;
        for (int row = 0; row < count; row++) {
            long block = (from + row) / BLOCK;
            if (block != loaded) {
                scales.decode(block * blocksOfRow, blocksOfRow, factors, 0);
                loaded = block;
            }
            int start = at + row * columns;
            for (int column = 0; column < columns; column++) {
                into[start + column] *= factors[column / BLOCK];
            }
        }
    }
}
