package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.Weight;
import java.util.Arrays;

/**
 * {@code [c, z'] = conv([x Wc, x Wz]); z = sigmoid(min(z' + b, 8)); h = (1 - z) h + z c; out = (h * silu(x Wg)) Wo}.
 * The bound on the gate keeps {@code 1 - z} representable, which the parallel form used in training divides by.
 */
final class RecurrenceLayer implements MixingLayer {

    private final Kernels kernels;
    private final int width;
    private final int shifts;
    private final Weight inputs; // [d, 2d]: candidate | gate
    private final Weight outputGate; // [d, d]
    private final Weight output; // [d, d]
    private final float[] gateBias; // [d]
    private final CausalConvolution convolution; // over 2d channels

    RecurrenceLayer(Kernels kernels, StudentWeights weights, int layer, Mixer.Recurrence recurrence, int width) {
        this.kernels = kernels;
        this.width = width;
        shifts = recurrence.kernel();
        inputs = weights.joined(layer, "recurrence.candidate", "recurrence.gate");
        outputGate = weights.joined(layer, "recurrence.output_gate");
        output = weights.joined(layer, "recurrence.output");
        gateBias = weights.of(layer, "recurrence.gate_bias");
        convolution = new CausalConvolution(
                kernels, recurrence.kernel(), 2 * width, weights.of(layer, "recurrence.convolution"));
    }

    @Override
    public long weightBytes() {
        return inputs.bytes() + outputGate.bytes() + output.bytes() + convolution.weightBytes() + 4L * width + 64;
    }

    static long memoryBytes(int kernel, int width) {
        return 4L * ((kernel - 1) * 2L * width + width) + 56;
    }

    @Override
    public LayerState newMemory(int maxSymbols, MemoryFormat format) {
        return new Memory(convolution.newHistory(), new float[width]);
    }

    @Override
    public int projections() {
        return 2 * width;
    }

    @Override
    public int shifts() {
        return shifts;
    }

    @Override
    public boolean attends() {
        return false;
    }

    @Override
    public void mix(LayerState memory, int position, Scratch scratch, int rows) {
        remember(memory, position, scratch, rows);
        Block states = scratch.convolved; // [rows, d]
        Block gated = scratch.projected; // [rows, d]
        kernels.multiply(scratch.normalised, outputGate, gated, rows);
        for (int row = 0; row < rows; row++) {
            int to = gated.row(row);
            int gates = scratch.gates.row(row);
            System.arraycopy(gated.values(), to, scratch.gates.values(), gates, width);
            kernels.sigmoid(scratch.gates.values(), gates, width);
            int hidden = states.row(row);
            for (int c = 0; c < width; c++) {
                gated.values()[to + c] *= scratch.gates.values()[gates + c] * states.values()[hidden + c];
            }
        }
        kernels.multiplyAdd(gated, output, scratch.x, rows);
    }

    /** Leaves the states after each row in the first columns of {@code scratch.convolved}. */
    @Override
    public void remember(LayerState memory, int position, Scratch scratch, int rows) {
        Memory state = (Memory) memory;
        kernels.multiply(scratch.normalised, inputs, convolution.input(scratch), rows); // [rows, 2d]
        convolution.apply(state.history, scratch, rows);
        for (int row = 0; row < rows; row++) {
            advance(state.hidden, scratch.convolved.values(), scratch.convolved.row(row));
        }
    }

    /** One step of the recurrence of candidate and gate at {@code at}, [2d]; writes the state over the candidate. */
    private void advance(float[] hidden, float[] values, int at) {
        int gate = at + width;
        for (int c = 0; c < width; c++) {
            values[gate + c] = Math.min(values[gate + c] + gateBias[c], Mixer.GATE_BOUND);
        }
        kernels.sigmoid(values, gate, width);
        for (int c = 0; c < width; c++) {
            float z = values[gate + c];
            float next = (1 - z) * hidden[c] + z * values[at + c];
            hidden[c] = next;
            values[at + c] = next;
        }
    }

    /** The convolution's last positions, [kernel - 1, 2d], and the state h, [d]. */
    record Memory(float[] history, float[] hidden) implements LayerState {
        @Override
        public void clear() {
            Arrays.fill(history, 0);
            Arrays.fill(hidden, 0);
        }

        @Override
        public LayerState copy() {
            return new Memory(history.clone(), hidden.clone());
        }

        @Override
        public long bytes() {
            return 4L * (history.length + hidden.length);
        }
    }
}
