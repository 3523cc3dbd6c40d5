package io.retort.distill.analysis;

import io.retort.datasets.InvalidDataException;
import io.retort.distill.analysis.WeightRows.MatrixShape;
import java.io.IOException;

/** Reads experts' weights once each, a block of rows at a time. For one thread. */
public final class ExpertReading {
    /** Numbers of a block: 4 MiB of floats whatever the matrix' shape. */
    private static final int BLOCK = 1 << 20;

    private final WeightRows weights;
    private final ProbeSettings settings;

    /** Reads from these tensors, which stay the caller's to close. */
    public ExpertReading(WeightRows weights, ProbeSettings settings) {
        this.weights = weights;
        this.settings = settings;
    }

    /**
     * The figures of an expert.
     *
     * @throws IllegalArgumentException if the checkpoint has no such expert
     */
    public ExpertFigures read(ExpertPlace place) throws IOException {
        WeightSketch sketch = new WeightSketch(settings);
        MatrixFigures gate = read(place.tensor("gate_proj"), sketch);
        MatrixFigures up = read(place.tensor("up_proj"), sketch);
        MatrixFigures down = read(place.tensor("down_proj"), sketch);
        return new ExpertFigures(place.layer(), place.expert(), gate, up, down, sketch.finish());
    }

    private MatrixFigures read(String name, WeightSketch sketch) throws IOException {
        MatrixShape shape = weights.shape(name);
        int most = Math.max(1, Math.min(shape.rows(), BLOCK / shape.columns()));
        float[] block = new float[most * shape.columns()];
        try (MatrixReading reading = new MatrixReading(shape, settings)) {
            for (int first = 0; first < shape.rows(); first += most) {
                int rows = Math.min(most, shape.rows() - first);
                weights.read(name, first, rows, block);
                requireFinite(name, block, rows * shape.columns());
                reading.add(block, rows);
                sketch.add(block, rows * shape.columns());
            }
            return reading.finish();
        }
    }

    private static void requireFinite(String name, float[] block, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += block[i] * 0;
        }
        if (Float.isNaN(sum)) {
            throw new InvalidDataException(
                    "tensor " + name + ": expected finite weights, found an infinite one or NaN");
        }
    }
}
