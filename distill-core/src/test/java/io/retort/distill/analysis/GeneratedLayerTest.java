package io.retort.distill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight-bit shards through the whole of the static part. */
class GeneratedLayerTest {
    @Test
    void aLayerOfEightBitExpertsIsReadFromItsShards(@TempDir Path directory) throws Exception {
        new GeneratedLayer(384, 272, 18).write(directory);
        List<ExpertFigures> experts = new ArrayList<>();
        LayerFigures layer;
        double truth;
        try (WeightRows weights = new CheckpointWeights(CheckpointFiles.open(directory))) {
            ExpertReading reading = new ExpertReading(weights, new ProbeSettings(32, 4096, 1));
            for (ExpertPlace place : ExpertPlace.all(weights.names())) {
                experts.add(reading.read(place));
            }
            truth = participationRatio(weights, new ExpertPlace(1, 0).tensor("gate_proj"));
            layer = LayerFigures.of(experts, RouterFigures.read(weights, 1), 1);
        }

        assertThat(layer.experts()).hasSize(18);
        for (LayerFigures.ExpertRow row : layer.experts()) {
            // Independent entries of one size have mn / (m + n); here blocks vary in size.
            assertThat(row.gate().participationRatio()).isCloseTo(384 * 272 / (384.0 + 272), within(16.0));
            assertThat(row.down().rows()).isEqualTo(384);
            assertThat(row.routerNorm()).isCloseTo(0.015 * Math.sqrt(384), within(0.02));
        }
        MatrixFigures first = layer.experts().get(0).gate();
        assertThat(first.participationRatio()).isCloseTo(truth, within(4 * first.participationError()));
        assertThat(first.participationError()).isLessThan(0.04 * truth);
        assertThat(layer.experts().get(0).nearest()).containsExactly(new LayerFigures.Neighbour(17, 1.0));
        assertThat(layer.experts().get(5).nearest().get(0).cosine()).isLessThan(5 / 64.0);
    }

    /** From all dot products of rows. */
    private static double participationRatio(WeightRows weights, String name) throws Exception {
        int rows = weights.shape(name).rows();
        int columns = weights.shape(name).columns();
        float[] matrix = new float[rows * columns];
        weights.read(name, 0, rows, matrix);
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                double dot = 0;
                for (int c = 0; c < columns; c++) {
                    dot += (double) matrix[i * columns + c] * matrix[j * columns + c];
                }
                trace += i == j ? dot : 0;
                squares += dot * dot;
            }
        }
        return trace * trace / squares;
    }
}
