package io.retort.distill.teachers.causal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.NativeEngine;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlockwiseAttentionTest {
    private static final int BATCH = 2;
    private static final int SIZE = 6;

    @BeforeAll
    static void loadEngine() {
        NativeEngine.prepare();
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 2, 5", "40, 4, 2, 5", "100, 6, 2, 5", "100, 3, 3, 5", "100, 4, 2, 20", "100, 2, 2, 20"})
    void isSoftmaxAttentionToThePast(int time, int heads, int keyHeads, int valueSize) {
        Random random = new Random(time + heads);
        float[] query = normal(random, BATCH * time * heads * SIZE);
        float[] key = normal(random, BATCH * time * keyHeads * SIZE);
        float[] value = normal(random, BATCH * time * keyHeads * valueSize);
        float[] found;
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = NDManager.newBaseManager()) {
            NDArray mixed = BlockwiseAttention.causal(
                    scope.create(query, new Shape(BATCH, time, heads, SIZE)),
                    scope.create(key, new Shape(BATCH, time, keyHeads, SIZE)),
                    scope.create(value, new Shape(BATCH, time, keyHeads, valueSize)),
                    BlockwiseAttention.mask(scope, time, DataType.FLOAT32));
            assertThat(mixed.getShape()).isEqualTo(new Shape((long) BATCH * time, (long) heads * valueSize));
            found = mixed.toFloatArray();
        }
        for (int row = 0; row < BATCH * time; row++) {
            for (int head = 0; head < heads; head++) {
                int shared = head * keyHeads / heads;
                double[] expected = new double[valueSize];
                double sum = 0;
                for (int seen = row - row % time; seen <= row; seen++) {
                    double score = 0;
                    for (int i = 0; i < SIZE; i++) {
                        score += (double) query[(row * heads + head) * SIZE + i]
                                * key[(seen * keyHeads + shared) * SIZE + i];
                    }
                    double share = Math.exp(score);
                    sum += share;
                    for (int i = 0; i < valueSize; i++) {
                        expected[i] += share * value[(seen * keyHeads + shared) * valueSize + i];
                    }
                }
                for (int i = 0; i < valueSize; i++) {
                    assertThat((double) found[(row * heads + head) * valueSize + i])
                            .isCloseTo(expected[i] / sum, within(1e-4));
                }
            }
        }
    }

    private static float[] normal(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
