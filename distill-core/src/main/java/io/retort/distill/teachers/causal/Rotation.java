package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Rotary position for given positions: each pair of turned channels turns by position · frequency(pair).
 *
 * <p>A head's query is turned whole, {@code q ⊙ cos + (q · swap) ⊙ sin}, with cosine 1 and sine 0 on the channels without
 * position: so it is neither cut nor put together again. {@code swap} sends pair (a, b) to (−b, a). The softmax scale is
 * a factor of the query's tables.
 *
 * @param queryCos {@code [positions, 1, still + turned]}
 * @param querySin the same shape
 * @param querySwap {@code [still + turned, still + turned]}
 * @param keyCos {@code [positions, turned]}
 * @param keySin the same shape
 * @param keySwap {@code [turned, turned]}
 */
public record Rotation(
        NDArray queryCos, NDArray querySin, NDArray querySwap, NDArray keyCos, NDArray keySin, NDArray keySwap) {
    /** The tables for positions, in the manager. */
    public static Rotation of(RotationPlan plan, long[] positions, NDManager manager, DataType type) {
        Tables query = new Tables(positions.length, plan.still(), plan.turned());
        Tables key = new Tables(positions.length, 0, plan.turned());
        double[] frequencies = plan.frequencies();
        double scale = plan.queryScale();
        double length = plan.length();
        for (int row = 0; row < positions.length; row++) {
            query.fillStill(row, scale);
            for (int pair = 0; pair < frequencies.length; pair++) {
                double angle = positions[row] * frequencies[pair];
                for (int channel : new int[] {plan.first(pair), plan.second(pair)}) {
                    query.set(row, channel, scale * length * Math.cos(angle), scale * length * Math.sin(angle));
                    key.set(row, channel, length * Math.cos(angle), length * Math.sin(angle));
                }
            }
        }
        Shape queryShape = new Shape(positions.length, 1, (long) plan.still() + plan.turned());
        Shape keyShape = new Shape(positions.length, plan.turned());
        return new Rotation(
                array(manager, query.cos, queryShape, type),
                array(manager, query.sin, queryShape, type),
                swap(manager, plan, plan.still(), type),
                array(manager, key.cos, keyShape, type),
                array(manager, key.sin, keyShape, type),
                swap(manager, plan, 0, type));
    }

    /** Queries {@code [.., positions, heads, still + turned]} turned and scaled. */
    public NDArray query(NDArray queries) {
        return turned(queries, queryCos, querySin, querySwap);
    }

    /** Keys {@code [.., positions, turned]} turned. */
    public NDArray key(NDArray keys) {
        return turned(keys, keyCos, keySin, keySwap);
    }

    /** Keys of several heads, {@code [.., positions, heads, turned]}, turned. */
    public NDArray headKeys(NDArray keys) {
        return turned(keys, keyCos.expandDims(1), keySin.expandDims(1), keySwap);
    }

    private static NDArray turned(NDArray channels, NDArray cos, NDArray sin, NDArray swap) {
        return Kernels.raised(channels.mul(cos), Kernels.scaled(channels.matMul(swap), sin));
    }

    private static NDArray swap(NDManager manager, RotationPlan plan, int still, DataType type) {
        int size = still + plan.turned();
        double[] swap = new double[size * size];
        for (int pair = 0; pair < plan.frequencies().length; pair++) {
            int first = still + plan.first(pair);
            int second = still + plan.second(pair);
            swap[second * size + first] = -1; // out[first] = -in[second]
            swap[first * size + second] = 1; // out[second] = in[first]
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

        Tables(int rows, int still, int turned) {
            this.still = still;
            this.width = still + turned;
            this.cos = new double[rows * width];
            this.sin = new double[rows * width];
        }

        void fillStill(int row, double value) {
            for (int channel = 0; channel < still; channel++) {
                cos[row * width + channel] = value;
            }
        }

        void set(int row, int channel, double cosine, double sine) {
            cos[row * width + still + channel] = cosine;
            sin[row * width + still + channel] = sine;
        }
    }
}
