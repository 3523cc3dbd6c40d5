package io.retort.distill.analysis;

import io.retort.distill.analysis.WeightRows.MatrixShape;
import java.io.IOException;

/**
 * The three matrices of a gated network {@code down · (silu(gate · x) ⊙ (up · x))}, inputs first, as students store them.
 *
 * @param model channels in and out
 * @param hidden channels between
 * @param gate {@code [model, hidden]}
 * @param up {@code [model, hidden]}
 * @param down {@code [hidden, model]}
 */
public record GatedWeights(int model, int hidden, float[] gate, float[] up, float[] down) {
    public GatedWeights {
        int size = Math.multiplyExact(model, hidden);
        if (gate.length != size || up.length != size || down.length != size) {
            throw new IllegalArgumentException("expected three matrices of " + size + " numbers, found " + gate.length
                    + ", " + up.length + " and " + down.length);
        }
    }

    /** Reads an expert of a checkpoint, which stores outputs first. */
    public static GatedWeights read(WeightRows weights, ExpertPlace place) throws IOException {
        MatrixShape shape = weights.shape(place.tensor("gate_proj"));
        return new GatedWeights(
                shape.columns(),
                shape.rows(),
                transposed(weights, place.tensor("gate_proj")),
                transposed(weights, place.tensor("up_proj")),
                transposed(weights, place.tensor("down_proj")));
    }

    private static float[] transposed(WeightRows weights, String name) throws IOException {
        MatrixShape shape = weights.shape(name);
        float[] row = new float[shape.columns()];
        float[] values = new float[Math.multiplyExact(shape.rows(), shape.columns())];
        for (int r = 0; r < shape.rows(); r++) {
            weights.read(name, r, 1, row);
            for (int c = 0; c < row.length; c++) {
                values[c * shape.rows() + r] = row[c];
            }
        }
        return values;
    }

    /** How many weights. */
    public int parameters() {
        return 3 * model * hidden;
    }
}
