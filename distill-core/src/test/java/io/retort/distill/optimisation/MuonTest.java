package io.retort.distill.optimisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"24, 24", "32, 67", "67, 32"})
    void bringsEverySingularValueNearOne(int rows, int columns) {
        NDArray matrices = random(new Shape(3, rows, columns), 7);

        NDArray orthogonal = Muon.orthogonalised(matrices, 5);

        // The quintic's iterates end between 0.68 and 1.21; a square Gaussian matrix has singular values near zero,
        // which five steps raise by 3.4445^5 at most. The trace of X Xᵀ is the sum of squared singular values.
        NDArray small = rows > columns
                ? orthogonal.transpose(0, 2, 1).matMul(orthogonal)
                : orthogonal.matMul(orthogonal.transpose(0, 2, 1));
        int size = Math.min(rows, columns);
        for (int i = 0; i < 3; i++) {
            float[] gram = small.get(i).toFloatArray();
            double trace = 0;
            double offDiagonal = 0;
            for (int r = 0; r < size; r++) {
                for (int c = 0; c < size; c++) {
                    double value = gram[r * size + c];
                    trace += r == c ? value : 0;
                    offDiagonal += r == c ? 0 : value * value;
                }
            }
            assertThat(trace / size).isBetween(0.6, 1.3);
            assertThat(Math.sqrt(offDiagonal / (size * (size - 1.0)))).isLessThan(0.1);
        }
    }

    @Test
    void treatsAStackAsItsMatricesOneByOne() {
        NDArray stack = random(new Shape(4, 10, 6), 3);

        NDArray together = Muon.orthogonalised(stack, 5);

        for (int i = 0; i < 4; i++) {
            float[] alone = Muon.orthogonalised(stack.get(i), 5).toFloatArray();
            assertThat(together.get(i).toFloatArray())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(alone);
        }
    }

    @Test
    void movesAgainstTheGradientByTheScheduledRate() {
        NDArray values = manager.eye(8);
        values.setRequiresGradient(true);
        Muon muon = new Muon(
                manager,
                List.of(new TrainedArray("weight", values)),
                new Muon.Settings(0.1, 0.95, 5, 0.5, Muon.UpdateScale.ASPECT));

        try (GradientMode mode = GradientMode.recording()) {
            GradientMode.backward(values.sum());
        }
        muon.update(1, 0.5);

        // The gradient is all ones: rank one with singular vectors of 1/sqrt(8). From 1 (after division by the
        // Frobenius
        // norm) the quintic p(x) = 3.4445 x - 4.7750 x^3 + 2.0315 x^5 is iterated five times by hand here.
        double singular = 1;
        for (int i = 0; i < 5; i++) {
            singular = 3.4445 * singular - 4.7750 * Math.pow(singular, 3) + 2.0315 * Math.pow(singular, 5);
        }
        double decayed = 1 - 0.1 * 0.5 * 0.5;
        assertThat(values.getFloat(0, 0)).isCloseTo((float) (decayed - 0.05 * singular / 8), within(1e-5f));
        assertThat(values.getFloat(0, 1)).isCloseTo((float) (-0.05 * singular / 8), within(1e-5f));
        assertThat(values.getGradient().abs().sum().getFloat()).isZero();
    }

    private NDArray random(Shape shape, long seed) {
        Random random = new Random(seed);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, shape);
    }
}
