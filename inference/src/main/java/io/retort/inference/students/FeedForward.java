package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.Weight;

/** {@code out = (silu(x Wgate) * (x Wup)) Wdown}. */
final class FeedForward {

    private final Kernels kernels;
    private final int hidden;
    private final Weight inputs; // [d, 2m]: gate | up
    private final Weight down; // [m, d]

    FeedForward(Kernels kernels, int hidden, Weight inputs, Weight down) {
        this.kernels = kernels;
        this.hidden = hidden;
        this.inputs = inputs;
        this.down = down;
    }

    /** Bytes of the heap that its weights take. */
    long weightBytes() {
        return inputs.bytes() + down.bytes() + 32;
    }

    /**
     * Adds the network's values at rows of {@code input}, [rows, d], to {@code output}, [rows, d].
     *
     * @param projected scratch of [rows, 2m]
     * @param gates scratch of [rows, m]
     */
    void apply(Block input, Block projected, Block gates, Block output, int rows) {
        kernels.multiply(input, inputs, projected, rows);
        float[] values = projected.values();
        for (int row = 0; row < rows; row++) {
            int at = projected.row(row);
            int gate = gates.row(row);
            System.arraycopy(values, at, gates.values(), gate, hidden);
            kernels.sigmoid(gates.values(), gate, hidden);
            for (int i = 0; i < hidden; i++) {
                values[at + i] *= gates.values()[gate + i] * values[at + hidden + i];
            }
        }
        kernels.multiplyAdd(projected, down, output, rows);
    }
}
