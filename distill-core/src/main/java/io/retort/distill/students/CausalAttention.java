package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/**
 * Softmax attention in blocks of queries, each of which meets only the keys that are not later than its last query: about
 * half of the scores are never computed.
 */
final class CausalAttention {

    private static final long SMALLEST_BLOCK = 32;
    private static final long LARGEST_BLOCK = 256;

    private final AttentionMasks masks;

    CausalAttention(AttentionMasks masks) {
        this.masks = masks;
    }

    /**
     * Attention of every position.
     *
     * @param queries already scaled, [batch, heads, time, c]
     * @param keys [batch, heads, time, c]
     * @param values [batch, heads, time, v]
     * @return [batch, heads, time, v]
     */
    NDArray apply(NDArray queries, NDArray keys, NDArray values) {
        long time = queries.getShape().get(2);
        long rows = Math.min(time, Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, time / 4)));
        NDArray transposed = keys.transpose(0, 1, 3, 2);
        NDList blocks = new NDList();
        for (long from = 0; from < time; from += rows) {
            long to = Math.min(time, from + rows);
            NDArray scores = Axes.slice(queries, 2, from, to).matMul(Axes.slice(transposed, 3, 0, to));
            scores.addi(masks.block(rows, time, from, to));
            blocks.add(scores.softmax(-1).matMul(Axes.slice(values, 2, 0, to)));
        }
        return blocks.size() == 1 ? blocks.get(0) : NDArrays.concat(blocks, 2);
    }
}
