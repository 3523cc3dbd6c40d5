package io.retort.inference.kernels;

/**
 * The inner loops of students. Each element of a product is one chain of additions in the order of the inputs, so that a
 * row's result does not depend on the rows beside it. Implementations differ in roundings. Nothing is allocated. Stateless,
 * thread-safe.
 *
 * <p>An implementation from outside is a public class with a public constructor without parameters, named in {@code
 * META-INF/services/io.retort.inference.kernels.Kernels}.
 */
public interface Kernels {
    /** Rows are padded to a multiple of so many floats. */
    int LANES = 16;

    /** What this machine does quickest of what is there. */
    static Kernels best() {
        return BestKernels.INSTANCE;
    }

    /** The smallest multiple of {@link #LANES} that is not below a number of columns. */
    static int padded(int columns) {
        return (columns + LANES - 1) / LANES * LANES;
    }

    /** Whether this machine runs it quicker than {@link ScalarKernels}. */
    boolean isQuick();

    /** A name for reports. */
    String description();

    /**
     * Floats of any content, where these kernels read them quickest: for what grows with a text. They may be taken back once the
     * text is given up.
     */
    default float[] floats(int length) {
        return new float[length];
    }

    /**
     * {@code out = in matrix}: [rows, inputs] times [inputs, outputs]. What lies behind the outputs, up to whole lanes,
     * becomes anything.
     */
    void multiply(Block in, Block matrix, Block out, int rows, int inputs, int outputs);

    /** {@code out += in matrix}, as {@link #multiply} has it. */
    void multiplyAdd(Block in, Block matrix, Block out, int rows, int inputs, int outputs);

    /** {@code out = in weight}. */
    default void multiply(Block in, Weight weight, Block out, int rows) {
        multiply(in, weight.rows(), out, rows, weight.inputs(), weight.outputs());
    }

    /** {@code out += in weight}. */
    default void multiplyAdd(Block in, Weight weight, Block out, int rows) {
        multiplyAdd(in, weight.rows(), out, rows, weight.inputs(), weight.outputs());
    }

    /**
     * {@code out = weights values}: [rows, inputs] times [inputs, outputs], for many inputs and few outputs. As {@link
     * #multiply}, but that a sum may be several chains.
     */
    void mix(Block weights, Block values, Block out, int rows, int inputs, int outputs);

    /**
     * A depthwise convolution: {@code out[r] = Σ_s weights[s] window[r + shifts - 1 - s]} element by element.
     *
     * @param window [shifts - 1 + rows, channels], the earliest row first
     * @param weights [shifts, channels]
     * @param out [rows, channels]
     */
    void convolve(Block window, Block weights, Block out, int rows, int shifts, int channels);

    /**
     * Integers out of words, as floats: {@code out[to + i] = words[from + i] << left >> right} over {@code count} words, the
     * integers' sign kept. In plain Java a loop that HotSpot makes wide from Java 18 on.
     */
    default void unpack(int[] words, int from, int left, int right, float[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = words[from + i] << left >> right;
        }
    }

    /** The sum of the squares of {@code count} values. */
    float sumOfSquares(float[] x, int from, int count);

    /** {@code out[to..] = factor x[from..]} over {@code count} values, and anything behind, up to whole lanes. */
    void scale(float[] x, int from, float[] out, int to, int count, float factor);

    /** {@code x = 1 / (1 + e^-x)} over {@code count} values from {@code from}, and anything behind, up to whole lanes. */
    void sigmoid(float[] x, int from, int count);

    /** The largest of {@code count} values. */
    float largest(float[] x, int from, int count);

    /**
     * {@code x = e^(x - shift)}, in place, for a shift of about the largest: what is small beside 1 is as exact as 1 is. Values
     * behind, up to whole lanes, become anything.
     *
     * @return the sum over {@code count} values
     */
    float exponentials(float[] x, int from, int count, float shift);
}
