package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/**
 * Softmax attention to the past, by blocks of queries: a block computes nothing of the keys behind it, which is half of
 * all.
 */
public final class BlockwiseAttention {
    private static final int QUERY_BLOCK = 32;
    /** Value channels below which the engine (MKL's sgemm) has the transposed product in a third of the time. */
    private static final int NARROW = 16;

    private BlockwiseAttention() {}

    /** What is added to scores, {@code [time, time]}: minus infinity where a token would see a later one. */
    public static NDArray mask(NDManager scope, int time, DataType type) {
        float[] mask = new float[time * time];
        for (int row = 0; row < time; row++) {
            Arrays.fill(mask, row * time + row + 1, (row + 1) * time, Float.NEGATIVE_INFINITY);
        }
        return scope.create(mask, new Shape(time, time)).toType(type, false);
    }

    /**
     * Attention of every token to itself and those before it. Query head i attends to key head i / group, group being
     * heads / keyHeads.
     *
     * @param query {@code [batch, time, heads, size]}, scaled
     * @param key {@code [batch, time, keyHeads, size]}
     * @param value {@code [batch, time, keyHeads, value]}
     * @param mask as {@link #mask} gives it
     * @return {@code [batch · time, heads · value]}
     */
    public static NDArray causal(NDArray query, NDArray key, NDArray value, NDArray mask) {
        NDManager scope = query.getManager();
        Shape shape = value.getShape();
        int time = (int) shape.get(1);
        int group = Math.toIntExact(query.getShape().get(2) / shape.get(2));
        NDArray queries = byKeyHead(query, shape.get(2)); // the rows of a token and key head lie together
        NDArray keys = byKeyHead(key, shape.get(2)).transpose(0, 2, 1);
        NDArray values = byKeyHead(value, shape.get(2));
        int blocks = Math.max(1, (time + QUERY_BLOCK / 2) / QUERY_BLOCK);
        NDList mixed = new NDList(blocks);
        for (int block = 0; block < blocks; block++) {
            int from = time * block / blocks;
            int to = time * (block + 1) / blocks;
            NDArray scores = slice(queries, 1, from * group, to * group)
                    .matMul(slice(keys, 2, 0, to)); // [batch · keyHeads, (to − from) · group, to]
            mixed.add(mixed(masked(scores, mask, from, to).softmax(-1), slice(values, 1, 0, to)));
        }
        NDArray whole = blocks == 1 ? mixed.head() : NDArrays.concat(mixed, 1);
        return whole.reshape(shape.get(0), shape.get(2), time, group * shape.get(3))
                .transpose(0, 2, 1, 3)
                .reshape(shape.get(0) * time, shape.get(2) * group * shape.get(3));
    }

    /**
     * {@code [batch, time, heads, size]} to {@code [batch · keyHeads, time · heads / keyHeads, size]}, copied once, so
     * that the products read every block of it in place.
     */
    private static NDArray byKeyHead(NDArray array, long keyHeads) {
        Shape shape = array.getShape();
        long group = shape.get(2) / keyHeads;
        return array.reshape(shape.get(0), shape.get(1), keyHeads, group * shape.get(3))
                .transpose(0, 2, 1, 3)
                .reshape(shape.get(0) * keyHeads, shape.get(1) * group, shape.get(3));
    }

    /** shares · values, with the long axis last where the values are narrow. */
    private static NDArray mixed(NDArray shares, NDArray values) {
        if (values.getShape().get(2) >= NARROW || JniUtils.isGradMode()) {
            return shares.matMul(values);
        }
        return values.transpose(0, 2, 1).matMul(shares.transpose(0, 2, 1)).transpose(0, 2, 1);
    }

    /** Of a block's scores only those for the block's own tokens can look ahead. */
    private static NDArray masked(NDArray scores, NDArray mask, int from, int to) {
        NDManager scope = scores.getManager();
        Shape shape = scores.getShape();
        NDArray byToken = scores.reshape(shape.get(0), to - from, shape.get(1) / (to - from), to);
        if (JniUtils.isGradMode()) {
            return byToken.add(mask.get(scope, new NDIndex("{}:{},:{}", from, to, to))
                            .expandDims(1))
                    .reshape(shape);
        }
        slice(byToken, 3, from, to)
                .addi(mask.get(scope, new NDIndex("{}:{},{}:{}", from, to, from, to))
                        .expandDims(1));
        return scores;
    }

    /** A view of the axis from {@code from} up to {@code to}. */
    private static NDArray slice(NDArray array, int axis, int from, int to) {
        NDIndex index = new NDIndex();
        for (int before = 0; before < axis; before++) {
            index.addAllDim();
        }
        return array.get(array.getManager(), index.addSliceDim(from, to));
    }
}
