package io.retort.inference.students;

import java.util.Arrays;

/** {@code out = (silu(x Wgate) * (x Wup)) Wdown}. */
final class FeedForward {

    private final int width;
    private final int hidden;
    private final float[] inputs; // [d, 2m]: gate | up
    private final float[] down; // [m, d]

    FeedForward(StudentWeights weights, int layer, int width, int hidden) {
        this.width = width;
        this.hidden = hidden;
        inputs = weights.joined(layer, "mlp.gate", "mlp.up");
        down = weights.of(layer, "mlp.down");
    }

    /** Adds the network's value at {@code input}, [d], to {@code output}, [d], using a scratch of [2m]. */
    void apply(float[] input, float[] scratch, float[] output) {
        Arrays.fill(scratch, 0, 2 * hidden, 0);
        Rows.addProduct(input, width, inputs, scratch, 2 * hidden);
        for (int i = 0; i < hidden; i++) {
            scratch[i] = Rows.silu(scratch[i]) * scratch[hidden + i];
        }
        Rows.addProduct(scratch, hidden, down, output, width);
    }
}
