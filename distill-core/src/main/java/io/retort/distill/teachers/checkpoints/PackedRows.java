package io.retort.distill.teachers.checkpoints;

import io.retort.datasets.InvalidDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Rows of 4-bit integers as compressed-tensors' "pack-quantized" format and so Kimi-K2-Thinking stores them: eight of a
 * row in a 32-bit word, the first in the lowest bits, each with 8 added; a weight is its integer times {@code
 * weight_scale[row, column / 32]}. The last word of a row may be partial.
 *
 * @param words {@code weight_packed}, {@code [rows, ceil(columns / 8)]}
 * @param scales {@code weight_scale}, {@code [rows, ceil(columns / 32)]}
 * @param rows as {@code weight_shape} says
 * @param columns as {@code weight_shape} says
 */
record PackedRows(RawTensor words, RawTensor scales, long rows, int columns) implements RowDecoder {
    private static final int GROUP = 32;
    private static final int PER_WORD = 8;
    private static final int OFFSET = 8;

    PackedRows {
        require(words, rows, wordsOfRow(columns));
        require(scales, rows, groupsOfRow(columns));
        scales.requireDecodable();
        if (words.entry().type() != ElementType.I32) {
            throw new InvalidDataException(words.file().name() + ": tensor " + words.name()
                    + ": expected elements of I32, found " + words.entry().type());
        }
    }

    /**
     * The rows of three tensors.
     *
     * @throws InvalidDataException when they do not belong together
     */
    static PackedRows of(RawTensor words, RawTensor scales, RawTensor shape) {
        ElementType type = shape.entry().type();
        if ((type != ElementType.I32 && type != ElementType.I64)
                || shape.entry().elements() != 2) {
            throw new InvalidDataException(shape.file().name() + ": tensor " + shape.name()
                    + ": expected two integers, found " + shape.entry().shapeText() + " of " + type);
        }
        ByteBuffer bytes = ByteBuffer.allocate(2 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        shape.file().read(shape.entry(), 0, bytes);
        long rows = type == ElementType.I32 ? bytes.getInt(0) : bytes.getLong(0);
        long columns = type == ElementType.I32 ? bytes.getInt(4) : bytes.getLong(8);
        if (rows < 0 || columns < 0 || columns > Integer.MAX_VALUE - GROUP) {
            throw new InvalidDataException(shape.file().name() + ": tensor " + shape.name()
                    + ": expected the shape of a matrix, found " + rows + " rows of " + columns);
        }
        return new PackedRows(words, scales, rows, (int) columns);
    }

    private static void require(RawTensor tensor, long rows, long width) {
        long[] found = tensor.entry().shape();
        if (found.length != 2 || found[0] != rows || found[1] != width) {
            throw new InvalidDataException(tensor.file().name() + ": tensor " + tensor.name() + ": expected shape ["
                    + rows + ", " + width + "] for groups of 32 in 4 bits, found "
                    + tensor.entry().shapeText());
        }
    }

    private static int wordsOfRow(int columns) {
        return (columns + PER_WORD - 1) / PER_WORD;
    }

    private static int groupsOfRow(int columns) {
        return (columns + GROUP - 1) / GROUP;
    }

    @Override
    public WeightEncoding encoding() {
        return WeightEncoding.INT4_GROUPS;
    }

    @Override
    public long[] shape() {
        return new long[] {rows, columns};
    }

    @Override
    public long storedBytes() {
        return words.entry().end()
                - words.entry().begin()
                + scales.entry().end()
                - scales.entry().begin();
    }

    @Override
    public void decode(long from, int count, float[] into, int at) {
        int rowWords = wordsOfRow(columns);
        float[] factors = new float[groupsOfRow(columns)];
        ByteBuffer row =
                ByteBuffer.allocate(Math.multiplyExact(rowWords, Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            words.file().read(words.entry(), (from + i) * rowWords, row.clear());
            scales.decode((from + i) * factors.length, factors.length, factors, 0);
            int start = at + i * columns;
            for (int column = 0; column < columns; column++) {
                int word = row.getInt(column / PER_WORD * Integer.BYTES);
                int integer = (word >>> column % PER_WORD * 4 & 0xF) - OFFSET;
                into[start + column] = integer * factors[column / GROUP];
            }
        }
    }
}
