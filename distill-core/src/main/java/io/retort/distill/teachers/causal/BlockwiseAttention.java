package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Softmax attention to the past, by blocks of queries: a block computes nothing of the keys behind it, which for long
 * sequences is half of all.
 */
public final class BlockwiseAttention {
    /** Queries of one block; of little influence between 64 and 192. */
    private static final int QUERY_BLOCK = 128;

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
     * @param query {@code [batch, heads, time, size]}, scaled
     * @param key {@code [batch, heads, size, time]}
     * @param value {@code [batch, heads, time, value]}
     * @param mask as {@link #mask} gives it
     * @return {@code [batch, time, heads, value]}
     */
    public static NDArray causal(NDArray query, NDArray key, NDArray value, NDArray mask) {
        NDManager scope = query.getManager();
        int time = (int) query.getShape().get(2);
        int blocks = Math.max(1, (time + QUERY_BLOCK / 2) / QUERY_BLOCK);
        NDList mixed = new NDList(blocks);
        for (int block = 0; block < blocks; block++) {
            int from = time * block / blocks;
            int to = time * (block + 1) / blocks;
            NDArray scores = slice(query, "...,{}:{},:", from, to, scope)
                    .matMul(slice(key, "...,{}:{}", 0, to, scope))
                    .add(mask.get(scope, new NDIndex("{}:{},:{}", from, to, to)));
            mixed.add(scores.softmax(-1)
                    .matMul(slice(value, "...,{}:{},:", 0, to, scope))
                    .transpose(0, 2, 1, 3));
        }
        return blocks == 1 ? mixed.head() : NDArrays.concat(mixed, 1);
    }

    private static NDArray slice(NDArray array, String index, int from, int to, NDManager scope) {
        return array.get(scope, new NDIndex(index, from, to));
    }
}
