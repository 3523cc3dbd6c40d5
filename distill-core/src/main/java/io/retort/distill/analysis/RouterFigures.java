package io.retort.distill.analysis;

import io.retort.distill.analysis.WeightRows.MatrixShape;
import java.io.IOException;

/**
 * A layer's router in figures, {@code [expert]} each.
 *
 * @param norms lengths of its rows, which its scores are dot products with
 * @param biases what is added to an expert's score for choosing; all zero where the checkpoint has none
 */
public record RouterFigures(double[] norms, double[] biases) {
    /** Reads a layer's router row by row. */
    public static RouterFigures read(WeightRows weights, int layer) throws IOException {
        String name = ExpertPlace.router(layer);
        MatrixShape shape = weights.shape(name);
        float[] row = new float[shape.columns()];
        double[] norms = new double[shape.rows()];
        for (int expert = 0; expert < norms.length; expert++) {
            weights.read(name, expert, 1, row);
            double squares = 0;
            for (float value : row) {
                squares += (double) value * value;
            }
            norms[expert] = Math.sqrt(squares);
        }
        double[] biases = new double[norms.length];
        if (weights.names().contains(ExpertPlace.bias(layer))) {
            float[] stored = new float[norms.length];
            weights.read(ExpertPlace.bias(layer), 0, 1, stored);
            for (int expert = 0; expert < stored.length; expert++) {
                biases[expert] = stored[expert];
            }
        }
        return new RouterFigures(norms, biases);
    }
}
