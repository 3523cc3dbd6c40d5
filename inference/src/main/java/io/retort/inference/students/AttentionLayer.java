package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.Weight;
import java.util.Arrays;

/**
 * Attention whose queries and keys have unit length: {@code [q, k, v] = conv([x Wq, x Wk, x Wv])}, score of position s
 * for the query at t: {@code scale (q_t · k_s)} plus what {@link Mixer.Positions} says, softmax over s ≤ t.
 */
final class AttentionLayer implements MixingLayer {

    private final Kernels kernels;
    private final int width;
    private final int shifts;
    private final int heads;
    private final int headWidth;
    private final boolean forgets;
    private final Weight
            inputs; // [d, 3d]: query | key | value; with a forget gate of each head behind them [d, 3d + heads]
    private final Weight output; // [d, d]
    private final float[] scale; // [heads]
    private final float[] forgetBias; // [heads], or empty
    private final CausalConvolution convolution; // over 3d channels

    AttentionLayer(Kernels kernels, StudentWeights weights, int layer, Mixer.Attention attention, int width) {
        this.kernels = kernels;
        this.width = width;
        shifts = attention.kernel();
        heads = attention.heads();
        headWidth = width / heads;
        forgets = attention.positions() == Mixer.Positions.FORGET;
        String[] projected = {"attention.query", "attention.key", "attention.value", "attention.forget"};
        inputs = weights.joined(layer, forgets ? projected : Arrays.copyOf(projected, 3));
        output = weights.joined(layer, "attention.output");
        scale = weights.of(layer, "attention.scale");
        forgetBias = forgets ? weights.of(layer, "attention.forget_bias") : new float[0];
        convolution = new CausalConvolution(
                kernels, attention.kernel(), 3 * width, weights.of(layer, "attention.convolution"));
    }

    @Override
    public long weightBytes() {
        return inputs.bytes() + output.bytes() + convolution.weightBytes() + 8L * heads + 96;
    }

    @Override
    public LayerState newMemory(int maxSymbols, MemoryFormat format) {
        Mixer.Positions positions = forgets ? Mixer.Positions.FORGET : Mixer.Positions.LOGARITHMIC;
        return new AttentionMemory(
                kernels,
                convolution.newHistory(),
                new KeyValues.Heads(heads, headWidth),
                maxSymbols,
                format,
                positions);
    }

    @Override
    public int projections() {
        return inputs.outputs();
    }

    @Override
    public int shifts() {
        return shifts;
    }

    @Override
    public boolean attends() {
        return true;
    }

    @Override
    public void mix(LayerState memory, int position, Scratch scratch, int rows) {
        AttentionMemory state = (AttentionMemory) memory;
        remember(memory, position, scratch, rows);
        for (int row = 0; row < rows; row++) {
            scaleQueries(scratch.convolved, row, position + row);
        }
        for (int first = 0; first < rows; first += scratch.scoredRows) {
            int count = Math.min(scratch.scoredRows, rows - first);
            for (int head = 0; head < heads; head++) {
                attend(state, head, position, scratch, first, count);
            }
        }
        kernels.multiplyAdd(scratch.projected, output, scratch.x, rows);
    }

    /** Leaves queries, keys and values in {@code scratch.convolved}. */
    @Override
    public void remember(LayerState memory, int position, Scratch scratch, int rows) {
        AttentionMemory state = (AttentionMemory) memory;
        Block projected = convolution.input(scratch);
        kernels.multiply(scratch.normalised, inputs, projected, rows); // [rows, 3d or 3d + heads]
        convolution.apply(state.history(), scratch, rows); // [rows, 3d]
        for (int row = 0; row < rows; row++) {
            int at = scratch.convolved.row(row);
            for (int head = 0; head < heads; head++) {
                Rows.toLength(kernels, scratch.convolved.values(), at + width + head * headWidth, headWidth, 1);
            }
            state.keyValues().put(position + row, scratch.convolved.values(), at + width);
            if (forgets) {
                int gates = projected.row(row) + 3 * width;
                for (int head = 0; head < heads; head++) {
                    double gate = projected.values()[gates + head] + forgetBias[head];
                    state.forget(head, position + row, Rows.logSigmoid(gate));
                }
            }
        }
    }

    private void scaleQueries(Block convolved, int row, int position) {
        double growth = forgets ? 1 : Math.log(position + Mixer.LOGARITHM_OFFSET) / Math.log(Mixer.LOGARITHM_UNIT);
        for (int head = 0; head < heads; head++) {
            int from = convolved.row(row) + head * headWidth;
            Rows.toLength(kernels, convolved.values(), from, headWidth, (float) (scale[head] * growth));
        }
    }

    /** Writes what a head makes of rows from {@code first} to its columns of {@code scratch.projected}. */
    private void attend(AttentionMemory state, int head, int position, Scratch scratch, int first, int count) {
        int positions = position + first + count; // what the last of the rows sees
        Block scores = scratch.scores;
        state.keyValues().score(kernels, head, state.queries(scratch, head, first), scores, count, positions);
        for (int row = 0; row < count; row++) {
            int from = scores.row(row);
            int seen = position + first + row + 1;
            if (forgets) {
                state.addForgetting(head, seen, scores.values(), from);
            }
            float highest = kernels.largest(scores.values(), from, seen);
            float sum = kernels.exponentials(scores.values(), from, seen, highest);
            kernels.scale(scores.values(), from, scores.values(), from, seen, 1 / sum);
            Arrays.fill(scores.values(), from + seen, from + positions, 0);
        }
        state.keyValues().mix(kernels, head, scores, state.mixed(scratch, head, first), count, positions);
    }
}
