package io.retort.inference.students;

import java.util.Arrays;

/**
 * Attention whose queries and keys have unit length: {@code [q, k, v] = conv([x Wq, x Wk, x Wv])}, score of position s
 * for the query at t: {@code scale (q_t · k_s)} plus what {@link Mixer.Positions} says, softmax over s ≤ t.
 */
final class AttentionLayer implements MixingLayer {

    private final int width;
    private final int heads;
    private final int headWidth;
    private final boolean forgets;
    private final float[] inputs; // [d, 3d]: query | key | value
    private final float[] output; // [d, d]
    private final float[] scale; // [heads]
    private final float[] forget; // [d, heads], or empty
    private final float[] forgetBias; // [heads], or empty
    private final CausalConvolution convolution; // over 3d channels

    AttentionLayer(StudentWeights weights, int layer, Mixer.Attention attention, int width) {
        this.width = width;
        heads = attention.heads();
        headWidth = width / heads;
        forgets = attention.positions() == Mixer.Positions.FORGET;
        inputs = weights.joined(layer, "attention.query", "attention.key", "attention.value");
        output = weights.of(layer, "attention.output");
        scale = weights.of(layer, "attention.scale");
        forget = forgets ? weights.of(layer, "attention.forget") : new float[0];
        forgetBias = forgets ? weights.of(layer, "attention.forget_bias") : new float[0];
        convolution = new CausalConvolution(attention.kernel(), 3 * width, weights.of(layer, "attention.convolution"));
    }

    @Override
    public LayerState newMemory(int maxSymbols) {
        return new Memory(
                new Past(
                        convolution.newHistory(),
                        new float[width * maxSymbols],
                        new float[width * maxSymbols],
                        new double[forgets ? heads * maxSymbols : 0]),
                maxSymbols,
                new float[3 * width],
                new float[3 * width],
                new float[maxSymbols]);
    }

    @Override
    public void mix(LayerState memory, int position, float[] input, float[] result) {
        Memory state = (Memory) memory;
        remember(state, position, input);
        float[] query = state.convolved; // [3d], query first
        float[] mixed = state.projected; // [d]
        Arrays.fill(mixed, 0);
        for (int head = 0; head < heads; head++) {
            Rows.toUnitLength(query, head * headWidth, headWidth);
            float weight = attend(state, head, position);
            int from = head * headWidth;
            for (int s = 0; s <= position; s++) {
                float share = state.scores[s] * weight;
                int row = s * width;
                for (int c = from; c < from + headWidth; c++) {
                    mixed[c] += share * state.past.values[row + c];
                }
            }
        }
        Rows.addProduct(mixed, width, output, result, width);
    }

    @Override
    public void remember(LayerState memory, int position, float[] input) {
        Memory state = (Memory) memory;
        Past past = state.past;
        Arrays.fill(state.projected, 0);
        Rows.addProduct(input, width, inputs, state.projected, 3 * width); // [3d]
        convolution.apply(past.history, position, state.projected, state.convolved); // [3d]
        for (int head = 0; head < heads; head++) {
            Rows.toUnitLength(state.convolved, width + head * headWidth, headWidth);
        }
        for (int c = 0; c < width; c++) {
            past.keys[c * state.capacity + position] = state.convolved[width + c];
        }
        System.arraycopy(state.convolved, 2 * width, past.values, position * width, width);
        if (forgets) {
            rememberForgetting(state, position, input);
        }
    }

    private void rememberForgetting(Memory state, int position, float[] input) {
        for (int head = 0; head < heads; head++) {
            float gate = forgetBias[head];
            for (int i = 0; i < width; i++) {
                gate += input[i] * forget[i * heads + head];
            }
            int row = head * state.capacity;
            double before = position == 0 ? 0 : state.past.forgotten[row + position - 1];
            state.past.forgotten[row + position] = before + Rows.logSigmoid(gate);
        }
    }

    /** Fills scores[0..position] with e^(score - highest) and returns the reciprocal of their sum. */
    private float attend(Memory state, int head, int position) {
        float[] scores = state.scores;
        Arrays.fill(scores, 0, position + 1, 0);
        for (int c = head * headWidth; c < (head + 1) * headWidth; c++) {
            float factor = state.convolved[c] * queryScale(head, position);
            int row = c * state.capacity;
            for (int s = 0; s <= position; s++) {
                scores[s] += factor * state.past.keys[row + s];
            }
        }
        if (forgets) {
            int row = head * state.capacity;
            double now = state.past.forgotten[row + position];
            for (int s = 0; s <= position; s++) {
                scores[s] += (float) (now - state.past.forgotten[row + s]);
            }
        }
        float highest = Float.NEGATIVE_INFINITY;
        for (int s = 0; s <= position; s++) {
            highest = Math.max(highest, scores[s]);
        }
        double sum = 0;
        for (int s = 0; s <= position; s++) {
            scores[s] = (float) Math.exp(scores[s] - highest);
            sum += scores[s];
        }
        return (float) (1 / sum);
    }

    private float queryScale(int head, int position) {
        if (forgets) {
            return scale[head];
        }
        return (float) (scale[head] * (Math.log(position + Mixer.LOGARITHM_OFFSET) / Math.log(Mixer.LOGARITHM_UNIT)));
    }

    /**
     * What grows with the text.
     *
     * @param history the convolution's last positions, [kernel, 3d]
     * @param keys [d, capacity], so that scores are computed along positions
     * @param values [capacity, d]
     * @param forgotten running sum of ln sigmoid(forget gate), [heads, capacity], or empty
     */
    record Past(float[] history, float[] keys, float[] values, double[] forgotten) {}

    /** The past with scratch beside it: projected and convolved of [3d], scores of [capacity]. */
    record Memory(Past past, int capacity, float[] projected, float[] convolved, float[] scores) implements LayerState {
        @Override
        public void clear() {
            Arrays.fill(past.history, 0);
        }

        @Override
        public LayerState copy() {
            return new Memory(
                    new Past(past.history.clone(), past.keys.clone(), past.values.clone(), past.forgotten.clone()),
                    capacity,
                    new float[projected.length],
                    new float[convolved.length],
                    new float[scores.length]);
        }

        @Override
        public long bytes() {
            long floats = (long) past.history.length
                    + past.keys.length
                    + past.values.length
                    + projected.length
                    + convolved.length
                    + scores.length;
            return 4L * floats + 8L * past.forgotten.length;
        }
    }
}
