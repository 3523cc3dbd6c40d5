package io.retort.inference.students;

import java.util.Arrays;

/**
 * {@code [c, z'] = conv([x Wc, x Wz]); z = sigmoid(min(z' + b, 8)); h = (1 - z) h + z c; out = (h * silu(x Wg)) Wo}.
 * The bound on the gate keeps {@code 1 - z} representable, which the parallel form used in training divides by.
 */
final class RecurrenceLayer implements MixingLayer {

    private final int width;
    private final float[] inputs; // [d, 2d]: candidate | gate
    private final float[] outputGate; // [d, d]
    private final float[] output; // [d, d]
    private final float[] gateBias; // [d]
    private final CausalConvolution convolution; // over 2d channels

    RecurrenceLayer(StudentWeights weights, int layer, Mixer.Recurrence recurrence, int width) {
        this.width = width;
        inputs = weights.joined(layer, "recurrence.candidate", "recurrence.gate");
        outputGate = weights.of(layer, "recurrence.output_gate");
        output = weights.of(layer, "recurrence.output");
        gateBias = weights.of(layer, "recurrence.gate_bias");
        convolution =
                new CausalConvolution(recurrence.kernel(), 2 * width, weights.of(layer, "recurrence.convolution"));
    }

    @Override
    public LayerState newMemory(int maxSymbols) {
        return new Memory(convolution.newHistory(), new float[width], new float[2 * width], new float[2 * width]);
    }

    @Override
    public void mix(LayerState memory, int position, float[] input, float[] result) {
        Memory state = (Memory) memory;
        remember(state, position, input);
        float[] gated = state.projected; // [d]
        Arrays.fill(gated, 0);
        Rows.addProduct(input, width, outputGate, gated, width);
        for (int c = 0; c < width; c++) {
            gated[c] = state.hidden[c] * Rows.silu(gated[c]);
        }
        Rows.addProduct(gated, width, output, result, width);
    }

    @Override
    public void remember(LayerState memory, int position, float[] input) {
        Memory state = (Memory) memory;
        Arrays.fill(state.projected, 0);
        Rows.addProduct(input, width, inputs, state.projected, 2 * width); // [2d]
        convolution.apply(state.history, position, state.projected, state.convolved); // [2d]
        for (int c = 0; c < width; c++) {
            float z = Rows.sigmoid(Math.min(state.convolved[width + c] + gateBias[c], Mixer.GATE_BOUND));
            state.hidden[c] = (1 - z) * state.hidden[c] + z * state.convolved[c];
        }
    }

    /** The convolution's last positions, [kernel, 2d], and the state h, [d]; the rest is scratch of [2d] each. */
    record Memory(float[] history, float[] hidden, float[] projected, float[] convolved) implements LayerState {
        @Override
        public void clear() {
            Arrays.fill(history, 0);
            Arrays.fill(hidden, 0);
        }

        @Override
        public LayerState copy() {
            return new Memory(
                    history.clone(), hidden.clone(), new float[projected.length], new float[convolved.length]);
        }

        @Override
        public long bytes() {
            return 4L * (history.length + hidden.length + projected.length + convolved.length);
        }
    }
}
