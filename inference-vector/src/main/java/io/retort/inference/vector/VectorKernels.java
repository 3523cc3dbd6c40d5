package io.retort.inference.vector;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by the Vector API (JEP 414), for registers of 4, 8 or 16 floats; all else is plain Java.
 *
 * <p>Each loop stands in a method of its own and holds few operations: where the compiler has spent its budget for a large
 * caller, it leaves vectors as objects, and that costs more than they save. For the same reason functions of single elements
 * stay loops that the compiler turns into vectors by itself.
 */
public final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> WORDS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final int WIDTH = SPECIES.length();
    /** A convolution over so many positions, which is the usual one, keeps its weights in registers. */
    private static final int FEW = 4;

    private final ScalarKernels plain = new ScalarKernels();

    @Override
    public boolean isQuick() {
        return WIDTH >= 4 && LANES % WIDTH == 0;
    }

    @Override
    public String description() {
        return "vectors of " + WIDTH;
    }

    @Override
    public void multiply(Block in, Block matrix, Block out, int rows, int inputs, int outputs) {
        Products.product(in, matrix, out, rows, inputs, outputs, true);
    }

    @Override
    public void multiplyAdd(Block in, Block matrix, Block out, int rows, int inputs, int outputs) {
        Products.product(in, matrix, out, rows, inputs, outputs, false);
    }

    @Override
    public void mix(Block weights, Block values, Block out, int rows, int inputs, int outputs) {
        Mixes.mix(weights, values, out, rows, inputs, outputs);
    }

    @Override
    public void convolve(Block window, Block weights, Block out, int rows, int shifts, int channels) {
        int columns = Kernels.padded(channels);
        for (int column = 0; column < columns; column += WIDTH) {
            if (shifts == FEW) {
                fewShifts(window, weights, out, rows, column);
            } else {
                anyShifts(window, weights, out, rows, shifts, column);
            }
        }
    }

    private static void fewShifts(Block window, Block weights, Block out, int rows, int column) {
        FloatVector w0 = FloatVector.fromArray(SPECIES, weights.values(), weights.row(0) + column);
        FloatVector w1 = FloatVector.fromArray(SPECIES, weights.values(), weights.row(1) + column);
        FloatVector w2 = FloatVector.fromArray(SPECIES, weights.values(), weights.row(2) + column);
        FloatVector w3 = FloatVector.fromArray(SPECIES, weights.values(), weights.row(3) + column);
        float[] values = window.values();
        int stride = window.stride();
        int at = window.from() + column;
        int to = out.from() + column;
        for (int row = 0; row < rows; row++, at += stride, to += out.stride()) {
            FloatVector sum =
                    FloatVector.fromArray(SPECIES, values, at + 3 * stride).mul(w0);
            sum = FloatVector.fromArray(SPECIES, values, at + 2 * stride).fma(w1, sum);
            sum = FloatVector.fromArray(SPECIES, values, at + stride).fma(w2, sum);
            FloatVector.fromArray(SPECIES, values, at).fma(w3, sum).intoArray(out.values(), to);
        }
    }

    private static void anyShifts(Block window, Block weights, Block out, int rows, int shifts, int column) {
        for (int row = 0; row < rows; row++) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int shift = 0; shift < shifts; shift++) {
                int at = window.row(row + shifts - 1 - shift) + column;
                FloatVector weight = FloatVector.fromArray(SPECIES, weights.values(), weights.row(shift) + column);
                sum = FloatVector.fromArray(SPECIES, window.values(), at).fma(weight, sum);
            }
            sum.intoArray(out.values(), out.row(row) + column);
        }
    }

    @Override
    public void unpack(int[] words, int from, int left, int right, float[] out, int to, int count) {
        int i = 0;
        for (; i + WIDTH <= count; i += WIDTH) {
            IntVector word = IntVector.fromArray(WORDS, words, from + i);
            FloatVector numbers = (FloatVector) word.lanewise(VectorOperators.LSHL, left)
                    .lanewise(VectorOperators.ASHR, right)
                    .convert(VectorOperators.I2F, 0);
            numbers.intoArray(out, to + i);
        }
        for (; i < count; i++) {
            out[to + i] = words[from + i] << left >> right;
        }
    }

    @Override
    public float sumOfSquares(float[] x, int from, int count) {
        return plain.sumOfSquares(x, from, count);
    }

    @Override
    public void scale(float[] x, int from, float[] out, int to, int count, float factor) {
        plain.scale(x, from, out, to, count, factor);
    }

    @Override
    public void sigmoid(float[] x, int from, int count) {
        plain.sigmoid(x, from, count);
    }

    @Override
    public float largest(float[] x, int from, int count) {
        return plain.largest(x, from, count);
    }

    @Override
    public float exponentials(float[] x, int from, int count, float shift) {
        return plain.exponentials(x, from, count, shift);
    }
}
