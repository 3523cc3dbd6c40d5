package io.retort.inference.kernels;

import java.util.Arrays;

/**
 * Plain Java. Products run over the matrix in storage order, four inputs at a time and outputs innermost, which HotSpot
 * turns into SIMD code.
 */
public final class ScalarKernels implements Kernels {

    @Override
    public boolean isQuick() {
        return true;
    }

    @Override
    public String description() {
        return "plain Java";
    }

    @Override
    public void multiply(Block in, Block matrix, Block out, int rows, int inputs, int outputs) {
        for (int row = 0; row < rows; row++) {
            int to = out.row(row);
            Arrays.fill(out.values(), to, to + outputs, 0);
            addProduct(in, matrix, out, row, inputs, outputs);
        }
    }

    @Override
    public void multiplyAdd(Block in, Block matrix, Block out, int rows, int inputs, int outputs) {
        for (int row = 0; row < rows; row++) {
            addProduct(in, matrix, out, row, inputs, outputs);
        }
    }

    private static void addProduct(Block in, Block matrix, Block out, int row, int inputs, int outputs) {
        float[] factors = in.values();
        float[] weights = matrix.values();
        float[] sums = out.values();
        int at = in.row(row);
        int to = out.row(row);
        int stride = matrix.stride();
        int i = 0;
        for (; i + 4 <= inputs; i += 4) {
            addFour(factors, at + i, weights, matrix.row(i), stride, sums, to, outputs);
        }
        for (; i < inputs; i++) {
            float factor = factors[at + i];
            int from = matrix.row(i);
            for (int o = 0; o < outputs; o++) {
                sums[to + o] += factor * weights[from + o];
            }
        }
    }

    /** Four inputs' part of a row's sums, added one after the other. */
    private static void addFour(
            float[] factors, int at, float[] weights, int from, int stride, float[] sums, int to, int outputs) {
        float f0 = factors[at];
        float f1 = factors[at + 1];
        float f2 = factors[at + 2];
        float f3 = factors[at + 3];
        int w1 = from + stride;
        int w2 = w1 + stride;
        int w3 = w2 + stride;
        for (int o = 0; o < outputs; o++) {
            sums[to + o] = sums[to + o]
                    + f0 * weights[from + o]
                    + f1 * weights[w1 + o]
                    + f2 * weights[w2 + o]
                    + f3 * weights[w3 + o];
        }
    }

    @Override
    public void mix(Block weights, Block values, Block out, int rows, int inputs, int outputs) {
        multiply(weights, values, out, rows, inputs, outputs);
    }

    @Override
    public void convolve(Block window, Block weights, Block out, int rows, int shifts, int channels) {
        float[] in = window.values();
        float[] factors = weights.values();
        float[] sums = out.values();
        for (int row = 0; row < rows; row++) {
            int to = out.row(row);
            Arrays.fill(sums, to, to + channels, 0);
            for (int shift = 0; shift < shifts; shift++) {
                int at = window.row(row + shifts - 1 - shift);
                int weight = weights.row(shift);
                for (int c = 0; c < channels; c++) {
                    sums[to + c] += in[at + c] * factors[weight + c];
                }
            }
        }
    }

    @Override
    public float sumOfSquares(float[] x, int from, int count) {
        return Sums.ofSquares(x, from, count);
    }

    @Override
    public void scale(float[] x, int from, float[] out, int to, int count, float factor) {
        for (int i = 0; i < count; i++) {
            out[to + i] = x[from + i] * factor;
        }
    }

    @Override
    public void sigmoid(float[] x, int from, int count) {
        Elementwise.sigmoid(x, from, count);
    }

    @Override
    public float largest(float[] x, int from, int count) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, x[i]);
        }
        return largest;
    }

    @Override
    public float exponentials(float[] x, int from, int count, float shift) {
        Elementwise.exponential(x, from, count, shift);
        return Sums.of(x, from, count);
    }
}
