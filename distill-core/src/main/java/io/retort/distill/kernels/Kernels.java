package io.retort.distill.kernels;

/**
 * The inner loops of training. All implementations give the same bits: each element of a result is one chain of fused
 * multiply-adds in an order that does not depend on the width of the machine's registers. Stateless, thread-safe.
 */
public interface Kernels {

    /** Rows are padded to a multiple of so many floats. */
    int LANES = 16;

    /** What this machine does quickest: {@link VectorKernels} where the module jdk.incubator.vector is there. */
    static Kernels best() {
        return BestKernels.INSTANCE;
    }

    /** {@code c = a b}: [m, k] times [k, n] into [m, n], padding columns included. */
    void multiply(Matrix a, Matrix b, Matrix c);

    /** {@code c += a b}: [m, k] times [k, n] onto [m, n], padding columns included. */
    void multiplyAdd(Matrix a, Matrix b, Matrix c);

    /** {@code y[t] += w x[t]} element by element over rows of {@code w.length() == stride}, see {@link Span}. */
    void addScaledColumns(Span w, Span x, Span y, int rows, int stride);

    /** {@code w += Σ_t x[t] y[t]} element by element, row after row. */
    void addColumnProducts(Span x, Span y, Span w, int rows, int stride);

    /** {@code out[t] = factors[t] x[t]} for rows from the beginning of the arrays. */
    void scaleRows(float[] x, float[] factors, float[] out, int rows, int stride);

    /** {@code out[t] += factors[t] x[t]} for rows from the beginning of the arrays. */
    void addScaledRows(float[] x, float[] factors, float[] out, int rows, int stride);

    /**
     * Inner products of rows: {@code out[r] = Σ_i x[r stride + i] y[r stride + i]}, in sixteen partial sums.
     *
     * @param stride a multiple of {@link #LANES}
     */
    void dotRows(float[] x, float[] y, float[] out, int rows, int stride);

    /**
     * A gated recurrence over the rows from {@code first}: {@code h_t = h_{t-1} + z_t (c_t - h_{t-1})}, with
     * {@code h} before the first row zero.
     */
    void scan(float[] z, float[] c, float[] h, int first, int rows, int stride);

    /**
     * The gradient of {@link #scan} with respect to its states: {@code g_t += (1 - z_{t+1}) g_{t+1}}, from the last row
     * to {@code first}, in place.
     */
    void scanBack(float[] z, float[] g, int first, int rows, int stride);

    /** A name for reports. */
    String description();
}
