package io.retort.inference.students;

/** A depthwise convolution over the present and the last positions of each channel, zero before the beginning. */
final class CausalConvolution {

    private final int kernel;
    private final int channels;
    private final float[] weights; // [kernel, channels], shift 0 first

    CausalConvolution(int kernel, int channels, float[] weights) {
        this.kernel = kernel;
        this.channels = channels;
        this.weights = weights;
    }

    /** A history that holds no position: a ring of [kernel, channels]. */
    float[] newHistory() {
        return new float[kernel * channels];
    }

    /**
     * Puts a position into the ring and writes the convolution's value there.
     *
     * @param position number of positions read before this one
     * @param values [channels], the present position
     * @param output [channels]
     */
    void apply(float[] history, int position, float[] values, float[] output) {
        System.arraycopy(values, 0, history, position % kernel * channels, channels);
        for (int c = 0; c < channels; c++) {
            output[c] = values[c] * weights[c];
        }
        int shifts = Math.min(kernel - 1, position);
        for (int shift = 1; shift <= shifts; shift++) {
            int past = (position - shift) % kernel * channels;
            int row = shift * channels;
            for (int c = 0; c < channels; c++) {
                output[c] += history[past + c] * weights[row + c];
            }
        }
    }
}
