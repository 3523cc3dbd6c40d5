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
     * Attention of every token to itself and those before it.
     *
     * @param query {@code [batch, time, heads, size]}, scaled
     * @param key {@code [batch, time, heads, size]}
     * @param value {@code [batch, time, heads, value]}
     * @param mask as {@link #mask} gives it
     * @return {@code [batch · time, heads · value]}
     */
    public static NDArray causal(NDArray query, NDArray key, NDArray value, NDArray mask) {
        NDManager scope = query.getManager();
        Shape shape = value.getShape();
        int time = (int) shape.get(1);
        NDArray queries = byHead(query);
        NDArray keys = byHead(key).transpose(0, 2, 1);
        NDArray values = byHead(value);
        int blocks = Math.max(1, (time + QUERY_BLOCK / 2) / QUERY_BLOCK);
        NDList mixed = new NDList(blocks);
        for (int block = 0; block < blocks; block++) {
            int from = time * block / blocks;
            int to = time * (block + 1) / blocks;
            NDArray scores = slice(queries, ":,{}:{},:", from, to, scope)
                    .matMul(slice(keys, ":,:,{}:{}", 0, to, scope)); // [batch · heads, to − from, to]
            mixed.add(masked(scores, mask, from, to).softmax(-1).matMul(slice(values, ":,{}:{},:", 0, to, scope)));
        }
        NDArray whole = blocks == 1 ? mixed.head() : NDArrays.concat(mixed, 1);
        return whole.reshape(shape.get(0), shape.get(2), time, shape.get(3))
                .transpose(0, 2, 1, 3)
                .reshape(shape.get(0) * time, shape.get(2) * shape.get(3));
    }

    /** {@code [batch · heads, time, size]}, copied once, so that the products read every block of it in place. */
    private static NDArray byHead(NDArray array) {
        Shape shape = array.getShape();
        return array.transpose(0, 2, 1, 3).reshape(shape.get(0) * shape.get(2), shape.get(1), shape.get(3));
    }

    /** Of a block's scores only those for the block's own tokens can look ahead. */
    private static NDArray masked(NDArray scores, NDArray mask, int from, int to) {
        NDManager scope = scores.getManager();
        if (JniUtils.isGradMode()) {
            return scores.add(mask.get(scope, new NDIndex("{}:{},:{}", from, to, to)));
        }
        slice(scores, ":,:,{}:{}", from, to, scope)
                .addi(mask.get(scope, new NDIndex("{}:{},{}:{}", from, to, from, to)));
        return scores;
    }

    private static NDArray slice(NDArray array, String index, int from, int to, NDManager scope) {
        return array.get(scope, new NDIndex(index, from, to));
    }
}
