package io.retort.bench.runtime;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;

/** Kernels of which a part can be left out, to see what it costs: what is computed without it is of no use. For one thread. */
final class KernelsWithout implements Kernels {
    /** What can be left out. */
    enum Part {
        NOTHING,
        PRODUCTS,
        ATTENTION,
        CONVOLUTIONS,
        SCALINGS,
        SIGMOIDS,
        EXPONENTIALS
    }

    private final Kernels whole;
    private Part left = Part.NOTHING;

    KernelsWithout(Kernels whole) {
        this.whole = whole;
    }

    void leaveOut(Part part) {
        left = part;
    }

    @Override
    public boolean isQuick() {
        return whole.isQuick();
    }

    @Override
    public String description() {
        return whole.description();
    }

    @Override
    public void multiply(Block in, Block matrix, Block out, int rows, int inputs, int outputs) {
        if (left != Part.PRODUCTS) {
            whole.multiply(in, matrix, out, rows, inputs, outputs);
        }
    }

    @Override
    public void multiplyAdd(Block in, Block matrix, Block out, int rows, int inputs, int outputs) {
        if (left != Part.PRODUCTS) {
            whole.multiplyAdd(in, matrix, out, rows, inputs, outputs);
        }
    }

    @Override
    public void mix(Block weights, Block values, Block out, int rows, int inputs, int outputs) {
        if (left != Part.ATTENTION) {
            whole.mix(weights, values, out, rows, inputs, outputs);
        }
    }

    @Override
    public void convolve(Block window, Block weights, Block out, int rows, int shifts, int channels) {
        if (left != Part.CONVOLUTIONS) {
            whole.convolve(window, weights, out, rows, shifts, channels);
        }
    }

    @Override
    public void unpack(int[] words, int from, int leftShift, int rightShift, float[] out, int to, int count) {
        whole.unpack(words, from, leftShift, rightShift, out, to, count);
    }

    @Override
    public float sumOfSquares(float[] x, int from, int count) {
        return left == Part.SCALINGS ? 1 : whole.sumOfSquares(x, from, count);
    }

    @Override
    public void scale(float[] x, int from, float[] out, int to, int count, float factor) {
        if (left != Part.SCALINGS) {
            whole.scale(x, from, out, to, count, factor);
        }
    }

    @Override
    public void sigmoid(float[] x, int from, int count) {
        if (left != Part.SIGMOIDS) {
            whole.sigmoid(x, from, count);
        }
    }

    @Override
    public float largest(float[] x, int from, int count) {
        return left == Part.EXPONENTIALS ? 0 : whole.largest(x, from, count);
    }

    @Override
    public float exponentials(float[] x, int from, int count, float shift) {
        return left == Part.EXPONENTIALS ? 1 : whole.exponentials(x, from, count, shift);
    }
}
