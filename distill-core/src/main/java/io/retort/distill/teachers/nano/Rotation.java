package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Rotary position for given positions: pair (2i, 2i+1) of the rope channels turns by position · frequency(i).
 *
 * <p>A head's query is turned whole, {@code q ⊙ cos + (q · swap) ⊙ sin}, with cosine 1 and sine 0 on the channels without
 * position: so it is neither cut nor put together again. {@code swap} sends pair (a, b) to (−b, a). The softmax scale is
 * a factor of the query's tables.
 *
 * @param queryCos {@code [positions, 1, nope + rope]}
 * @param querySin the same shape
 * @param querySwap {@code [nope + rope, nope + rope]}
 * @param keyCos {@code [positions, rope]}
 * @param keySin the same shape
 * @param keySwap {@code [rope, rope]}
 */
record Rotation(
        NDArray queryCos, NDArray querySin, NDArray querySwap, NDArray keyCos, NDArray keySin, NDArray keySwap) {
    static Rotation of(NanoConfig config, long[] positions, NDManager manager, DataType type) {
        AttentionConfig attention = config.attention();
        double scale = config.rope().softmaxFactor() / Math.sqrt(attention.querySize());
        Tables query = new Tables(positions.length, attention.nopeSize(), attention.ropeSize());
        Tables key = new Tables(positions.length, 0, attention.ropeSize());
        double[] frequencies = config.rope().frequencies(attention.ropeSize());
        double length = config.rope().rotationFactor();
        for (int row = 0; row < positions.length; row++) {
            query.fillStill(row, scale);
            for (int pair = 0; pair < frequencies.length; pair++) {
                double angle = positions[row] * frequencies[pair];
                query.set(row, pair, scale * length * Math.cos(angle), scale * length * Math.sin(angle));
                key.set(row, pair, length * Math.cos(angle), length * Math.sin(angle));
            }
        }
        Shape queryShape = new Shape(positions.length, 1, attention.querySize());
        Shape keyShape = new Shape(positions.length, attention.ropeSize());
        return new Rotation(
                array(manager, query.cos, queryShape, type),
                array(manager, query.sin, queryShape, type),
                swap(manager, attention.nopeSize(), attention.ropeSize(), type),
                array(manager, key.cos, keyShape, type),
                array(manager, key.sin, keyShape, type),
                swap(manager, 0, attention.ropeSize(), type));
    }

    /** Queries {@code [.., positions, heads, nope + rope]} turned and scaled. */
    NDArray query(NDArray queries) {
        return queries.mul(queryCos).add(queries.matMul(querySwap).mul(querySin));
    }

    /** Keys {@code [.., positions, rope]} turned. */
    NDArray key(NDArray keys) {
        return keys.mul(keyCos).add(keys.matMul(keySwap).mul(keySin));
    }

    private static NDArray swap(NDManager manager, int still, int ropeSize, DataType type) {
        int size = still + ropeSize;
        double[] swap = new double[size * size];
        for (int even = still; even < size; even += 2) {
            swap[(even + 1) * size + even] = -1; // out[even] = -in[even + 1]
            swap[even * size + even + 1] = 1; // out[even + 1] = in[even]
        }
        return array(manager, swap, new Shape(size, size), type);
    }

    private static NDArray array(NDManager manager, double[] values, Shape shape, DataType type) {
        if (type == DataType.FLOAT64) {
            return manager.create(values, shape);
        }
        float[] single = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            single[i] = (float) values[i];
        }
        return manager.create(single, shape);
    }

    private static final class Tables {
        private final int still;
        private final int width;
        private final double[] cos;
        private final double[] sin;

        Tables(int rows, int still, int ropeSize) {
            this.still = still;
            this.width = still + ropeSize;
            this.cos = new double[rows * width];
            this.sin = new double[rows * width];
        }

        void fillStill(int row, double value) {
            for (int channel = 0; channel < still; channel++) {
                cos[row * width + channel] = value;
            }
        }

        void set(int row, int pair, double cosine, double sine) {
            int at = row * width + still + 2 * pair;
            cos[at] = cosine;
            cos[at + 1] = cosine;
            sin[at] = sine;
            sin[at + 1] = sine;
        }
    }
}
