package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;

/** A depthwise convolution over the present and the last positions of each channel, zero before the beginning. */
final class CausalConvolution {

    private final Kernels kernels;
    private final int shifts;
    private final int channels;
    private final Block weights; // [shifts, channels], shift 0 first

    CausalConvolution(Kernels kernels, int shifts, int channels, float[] weights) {
        this.kernels = kernels;
        this.shifts = shifts;
        this.channels = channels;
        this.weights = Block.of(weights, shifts, channels);
    }

    long weightBytes() {
        return weights.bytes() + 32;
    }

    /** What stands before the first position: [shifts - 1, channels], the earliest first. */
    float[] newHistory() {
        return new float[(shifts - 1) * channels];
    }

    /** Where the positions to be convolved belong: behind the past ones. */
    Block input(Scratch scratch) {
        return scratch.window(shifts - 1);
    }

    /**
     * Writes the convolution's value at each position, and keeps the last positions.
     *
     * @param scratch whose {@link #input} holds the positions; its {@code convolved} receives [rows, channels]
     */
    void apply(float[] history, Scratch scratch, int rows) {
        Block window = scratch.window;
        int past = shifts - 1;
        for (int row = 0; row < past; row++) {
            System.arraycopy(history, row * channels, window.values(), window.row(row), channels);
        }
        kernels.convolve(window, weights, scratch.convolved, rows, shifts, channels);
        for (int row = 0; row < past; row++) {
            System.arraycopy(window.values(), window.row(rows + row), history, row * channels, channels);
        }
    }
}
