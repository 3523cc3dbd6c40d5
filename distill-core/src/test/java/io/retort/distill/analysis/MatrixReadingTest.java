package io.retort.distill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.analysis.WeightRows.MatrixShape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatrixReadingTest {
    private static final long SEED = 11;

    /**
     * A matrix with these singular values: on both sides the columns of a reflection {@code I − 2vvᵀ}, which are
     * orthonormal whatever v.
     */
    private static float[] planted(int rows, int columns, double[] singular) {
        double[] left = unit(rows, 1);
        double[] right = unit(columns, 2);
        float[] matrix = new float[rows * columns];
        for (int k = 0; k < singular.length; k++) {
            for (int i = 0; i < rows; i++) {
                double u = (i == k ? 1 : 0) - 2 * left[i] * left[k];
                for (int j = 0; j < columns; j++) {
                    double v = (j == k ? 1 : 0) - 2 * right[j] * right[k];
                    matrix[i * columns + j] += (float) (singular[k] * u * v);
                }
            }
        }
        return matrix;
    }

    private static double[] unit(int size, long seed) {
        Random random = new Random(seed);
        double[] vector = random.doubles(size, -1, 1).toArray();
        double length = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
        return Arrays.stream(vector).map(x -> x / length).toArray();
    }

    private static MatrixFigures read(int rows, int columns, float[] matrix, int blockRows) {
        try (MatrixReading reading =
                new MatrixReading(new MatrixShape(rows, columns), new ProbeSettings(64, 1024, SEED))) {
            for (int first = 0; first < rows; first += blockRows) {
                int count = Math.min(blockRows, rows - first);
                reading.add(Arrays.copyOfRange(matrix, first * columns, (first + count) * columns), count);
            }
            return reading.finish();
        }
    }

    @Test
    void theRanksOfAKnownSpectrumAreExactOnEitherSide() {
        double[] singular = {4, 2, 2, 1};
        double ratio = 25.0 * 25 / (256 + 16 + 16 + 1);
        double[] p = {4 / 9.0, 2 / 9.0, 2 / 9.0, 1 / 9.0};
        double entropyRank =
                Math.exp(-Arrays.stream(p).map(x -> x * Math.log(x)).sum());
        for (int[] shape : new int[][] {{40, 12}, {12, 40}, {300, 9}, {9, 300}}) {
            MatrixFigures figures = read(shape[0], shape[1], planted(shape[0], shape[1], singular), 7);

            assertThat(figures.frobenius()).isCloseTo(5, within(1e-5));
            assertThat(figures.participationRatio()).isCloseTo(ratio, within(1e-4));
            assertThat(figures.participationError()).isZero();
            // Rounding to floats leaves singular values of 1e-7 where there should be none.
            assertThat(figures.entropyRank()).isCloseTo(entropyRank, within(1e-3));
        }
    }

    @Test
    void theEstimateOfALargeMatrixIsWithinItsErrorOfTheTruth() {
        double[] flat = new double[100];
        Arrays.fill(flat, 3);
        double[] steep = new double[100];
        Arrays.setAll(steep, k -> Math.pow(0.8, k));
        double steepRatio = Math.pow(Arrays.stream(steep).map(x -> x * x).sum(), 2)
                / Arrays.stream(steep).map(x -> x * x * x * x).sum();

        MatrixFigures ofFlat = read(400, 500, planted(400, 500, flat), 64);
        MatrixFigures ofSteep = read(500, 400, planted(500, 400, steep), 64);

        assertThat(ofFlat.frobenius()).isCloseTo(30, within(1e-3));
        assertThat(ofFlat.participationRatio()).isCloseTo(100, within(4 * ofFlat.participationError() + 1e-3));
        assertThat(ofFlat.participationError()).isBetween(1e-3, 5.0);
        assertThat(ofSteep.participationRatio()).isCloseTo(steepRatio, within(4 * ofSteep.participationError()));
        assertThat(ofSteep.participationError() / ofSteep.participationRatio()).isLessThan(Math.sqrt(2.0 / 64) + 0.05);
        assertThat(ofFlat.entropyRank()).isNaN();
    }

    @Test
    void blocksOfAnySizeGiveTheSame() {
        double[] singular = {3, 1};
        float[] matrix = planted(300, 280, singular);

        MatrixFigures whole = read(300, 280, matrix, 300);
        MatrixFigures pieces = read(300, 280, matrix, 41);

        assertThat(pieces.participationRatio()).isCloseTo(whole.participationRatio(), within(1e-4));
        assertThat(pieces.frobenius()).isEqualTo(whole.frobenius());
    }

    @Test
    void aMatrixOfZerosHasNoRank() {
        assertThat(read(30, 20, new float[600], 30).participationRatio()).isZero();
        assertThat(read(300, 300, new float[90000], 30).participationRatio()).isZero();
    }
}
