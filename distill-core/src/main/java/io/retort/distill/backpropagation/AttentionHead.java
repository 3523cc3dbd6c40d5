package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Elementwise;
import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.Matrix;
import java.util.Arrays;

/**
 * Causal softmax attention of one head over one sequence: {@code softmax_s≤t(f_t q_t · k_s + b_s) v}, with q and k brought to
 * unit length. Queries go in blocks, each of which meets only the keys up to its last query; backward computes the
 * softmax anew rather than keeping it ("FlashAttention", Dao et al. 2022).
 */
final class AttentionHead {
    private static final int BLOCK = 32;
    private static final double FLOOR = 1e-6;

    private final Kernels kernels;
    private final int channels;
    private final Buffer unitQueries; // [rows, channels]
    private final Buffer unitKeys;
    private final Buffer scaledQueries;
    private final Buffer values;
    private final Buffer outputs;
    private final Buffer queryGradients;
    private final Buffer keyGradients;
    private final Buffer valueGradients;
    private final Buffer outputGradients;
    private Matrix transposedKeys = Matrix.zeros(0, 0); // [channels, rows]
    private Matrix transposedValues = Matrix.zeros(0, 0); // [channels, rows]
    private Matrix shares = Matrix.zeros(0, 0); // [BLOCK, rows]
    private Matrix shareGradients = Matrix.zeros(0, 0);
    private float[] queryLengths = new float[0]; // reciprocal
    private float[] keyLengths = new float[0];
    private float[] factors = new float[0];
    private float[] along = new float[0];
    private Matrix bias = Matrix.zeros(1, 0);
    private Matrix biasGradient = Matrix.zeros(1, 0);
    private boolean biased;

    AttentionHead(Kernels kernels, int channels) {
        this.kernels = kernels;
        this.channels = channels;
        unitQueries = new Buffer(channels);
        unitKeys = new Buffer(channels);
        scaledQueries = new Buffer(channels);
        values = new Buffer(channels);
        outputs = new Buffer(channels);
        queryGradients = new Buffer(channels);
        keyGradients = new Buffer(channels);
        valueGradients = new Buffer(channels);
        outputGradients = new Buffer(channels);
    }

    /**
     * Where a head's channels of a sequence lie in rows of all of them.
     *
     * @param first row of the sequence
     * @param rows of the sequence
     * @param channel first channel of the head
     */
    record Place(int first, int rows, int channel) {}

    /**
     * Reads queries, keys and values.
     *
     * @param queryFactors f of each of the sequence's positions
     * @param keyBias b of each; empty where it is zero
     */
    void load(Place place, Matrix q, Matrix k, Matrix v, float[] queryFactors, float[] keyBias) {
        int rows = place.rows;
        ensure(rows);
        System.arraycopy(queryFactors, 0, factors, 0, rows);
        biased = keyBias.length > 0;
        if (biased) {
            System.arraycopy(keyBias, 0, bias.values(), 0, rows);
        }
        Matrix queries = unitQueries.rows(rows);
        Matrix keys = unitKeys.rows(rows);
        copyIn(q, place, queries);
        copyIn(k, place, keys);
        copyIn(v, place, values.rows(rows));
        toUnitLength(queries, queryLengths);
        toUnitLength(keys, keyLengths);
        kernels.scaleRows(queries.values(), factors, scaledQueries.rows(rows).values(), rows, queries.rowStride());
        keys.copyTransposed(transposedKeys);
        values.rows(rows).copyTransposed(transposedValues);
    }

    /** Adds the head's output to its channels of {@code mixed}, which are zero. */
    void forward(Place place, Matrix mixed) {
        Matrix result = outputs.rows(place.rows);
        for (int from = 0; from < place.rows; from += BLOCK) {
            int to = Math.min(place.rows, from + BLOCK);
            Matrix block = softmax(from, to);
            kernels.multiply(block, values.rows(to), result.rows(from, to - from));
        }
        copyOut(result, mixed, place);
    }

    /** The shares [to - from, to] of the queries from {@code from} to below {@code to}. */
    private Matrix softmax(int from, int to) {
        int count = to - from;
        Matrix block = new Matrix(shares.values(), 0, count, to, Matrix.padded(to), 1);
        kernels.multiply(scaledQueries.rows(to).rows(from, count), transposedKeys, block);
        if (biased) {
            kernels.multiplyAdd(Ones.of(count, 1), bias, block);
        }
        float[] p = block.values();
        for (int row = 0; row < count; row++) {
            int start = row * block.rowStride();
            int seen = from + row + 1;
            float highest = highest(p, start, seen);
            Elementwise.exp(p, start, seen, highest);
            float factor = (float) (1 / sum(p, start, seen));
            for (int i = start; i < start + seen; i++) {
                p[i] *= factor;
            }
            Arrays.fill(p, start + seen, start + block.rowStride(), 0);
        }
        return block;
    }

    private static float highest(float[] values, int from, int count) {
        float a = values[from];
        float b = a;
        float c = a;
        float d = a;
        int i = from;
        for (; i + 4 <= from + count; i += 4) {
            a = Math.max(a, values[i]);
            b = Math.max(b, values[i + 1]);
            c = Math.max(c, values[i + 2]);
            d = Math.max(d, values[i + 3]);
        }
        for (; i < from + count; i++) {
            a = Math.max(a, values[i]);
        }
        return Math.max(Math.max(a, b), Math.max(c, d));
    }

    private static float sum(float[] values, int from, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = from;
        for (; i + 4 <= from + count; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < from + count; i++) {
            a += values[i];
        }
        return (a + b) + (c + d);
    }

    /**
     * The gradients of what {@link #load} read, which must be called again before.
     *
     * @param dMixed gradient of {@link #forward}'s output
     * @param dFactors takes those of the factors, {@code rows}
     * @param dBias takes those of the biases, {@code rows}, where there are any
     */
    void back(Place place, Matrix dMixed, Matrix dq, Matrix dk, Matrix dv, float[] dFactors, float[] dBias) {
        int rows = place.rows;
        Matrix dOut = outputGradients.rows(rows);
        copyIn(dMixed, place, dOut);
        Matrix dScaled = queryGradients.rows(rows);
        Matrix dKeys = keyGradients.rows(rows);
        Matrix dValues = valueGradients.rows(rows);
        dKeys.clear();
        dValues.clear();
        biasGradient.clear();
        Matrix scaled = scaledQueries.rows(rows);
        for (int from = 0; from < rows; from += BLOCK) {
            int to = Math.min(rows, from + BLOCK);
            int count = to - from;
            Matrix p = softmax(from, to);
            Matrix dp = new Matrix(shareGradients.values(), 0, count, to, p.rowStride(), 1);
            Matrix someOut = dOut.rows(from, count);
            kernels.multiplyAdd(p.transposed(), someOut, dValues.rows(0, to));
            kernels.multiply(someOut, transposedValues, dp);
            kernels.dotRows(p.values(), dp.values(), along, count, p.rowStride());
            for (int row = 0; row < count; row++) {
                scoreGradient(p.values(), dp.values(), row * p.rowStride(), p.rowStride(), along[row]);
            }
            kernels.multiply(dp, unitKeys.rows(to), dScaled.rows(from, count));
            kernels.multiplyAdd(dp.transposed(), scaled.rows(from, count), dKeys.rows(0, to));
            if (biased) {
                kernels.multiplyAdd(Ones.of(1, count), dp, biasGradient.firstColumns(to));
            }
        }
        if (biased) {
            System.arraycopy(biasGradient.values(), 0, dBias, 0, rows);
        }
        Matrix queries = unitQueries.rows(rows);
        kernels.dotRows(dScaled.values(), queries.values(), dFactors, rows, queries.rowStride());
        kernels.scaleRows(dScaled.values(), factors, dScaled.values(), rows, queries.rowStride());
        lengthGradient(dScaled, queries, queryLengths);
        lengthGradient(dKeys, unitKeys.rows(rows), keyLengths);
        copyOut(dScaled, dq, place);
        copyOut(dKeys, dk, place);
        copyOut(dValues, dv, place);
    }

    /** {@code dp = p (dp - along)}. */
    private static void scoreGradient(float[] p, float[] dp, int from, int count, float along) {
        for (int i = from; i < from + count; i++) {
            dp[i] = p[i] * (dp[i] - along);
        }
    }

    /** {@code d = r (d - u (d · u))} in place, with u a unit row and r the reciprocal of its length before. */
    private void lengthGradient(Matrix gradient, Matrix unit, float[] reciprocal) {
        int rows = gradient.rows();
        int stride = gradient.rowStride();
        kernels.dotRows(gradient.values(), unit.values(), along, rows, stride);
        for (int row = 0; row < rows; row++) {
            along[row] *= -reciprocal[row];
        }
        kernels.scaleRows(gradient.values(), reciprocal, gradient.values(), rows, stride);
        kernels.addScaledRows(unit.values(), along, gradient.values(), rows, stride);
    }

    private void toUnitLength(Matrix vectors, float[] reciprocal) {
        int rows = vectors.rows();
        int stride = vectors.rowStride();
        kernels.dotRows(vectors.values(), vectors.values(), reciprocal, rows, stride);
        for (int row = 0; row < rows; row++) {
            reciprocal[row] = (float) (1 / Math.sqrt(reciprocal[row] + FLOOR));
        }
        kernels.scaleRows(vectors.values(), reciprocal, vectors.values(), rows, stride);
    }

    private void copyIn(Matrix all, Place place, Matrix head) {
        for (int row = 0; row < place.rows; row++) {
            System.arraycopy(
                    all.values(),
                    (place.first + row) * all.rowStride() + place.channel,
                    head.values(),
                    row * head.rowStride(),
                    channels);
        }
    }

    private void copyOut(Matrix head, Matrix all, Place place) {
        for (int row = 0; row < place.rows; row++) {
            System.arraycopy(
                    head.values(),
                    row * head.rowStride(),
                    all.values(),
                    (place.first + row) * all.rowStride() + place.channel,
                    channels);
        }
    }

    private void ensure(int rows) {
        if (transposedKeys.columns() >= rows) {
            return;
        }
        int capacity = rows + rows / 4;
        transposedKeys = Matrix.zeros(channels, capacity);
        transposedValues = Matrix.zeros(channels, capacity);
        shares = Matrix.zeros(BLOCK, capacity);
        shareGradients = Matrix.zeros(BLOCK, capacity);
        queryLengths = new float[capacity];
        keyLengths = new float[capacity];
        factors = new float[capacity];
        along = new float[Math.max(BLOCK, capacity)];
        bias = Matrix.zeros(1, capacity);
        biasGradient = Matrix.zeros(1, capacity);
    }
}
