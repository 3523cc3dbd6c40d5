package io.retort.inference.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.ScalarKernels;
import io.retort.inference.students.KeyValues.Heads;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyValuesTest {
    private static final Heads HEADS = new Heads(2, 5);
    private static final int CAPACITY = 700;

    private final Random random = new Random(5);
    private final ScalarKernels kernels = new ScalarKernels();
    private final float[] text = floats(CAPACITY * 2 * HEADS.channels());

    @ParameterizedTest
    @EnumSource
    void scoresAreProductsWithTheKeysThatWerePut(MemoryFormat format) {
        KeyValues memory = filled(format, 600);
        Block queries = Block.of(floats(3 * 5), 3, 5);
        Block scores = Block.zeros(3, CAPACITY);
        memory.score(kernels, 1, queries, scores, 3, 600);

        for (int row = 0; row < 3; row++) {
            for (int s = 0; s < 600; s++) {
                double expected = 0;
                double bound = 1e-5;
                for (int c = 0; c < 5; c++) {
                    float query = queries.values()[queries.row(row) + c];
                    expected += (double) query * text[s * 20 + 5 + c];
                    bound += Math.abs(query) * rounding(format, s * 20 + 5);
                }
                assertThat((double) scores.values()[scores.row(row) + s]).isCloseTo(expected, within(bound));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void mixesAreWeightedSumsOfTheValuesThatWerePut(MemoryFormat format) {
        KeyValues memory = filled(format, 600);
        Block weights = Block.of(floats(2 * 600), 2, 600);
        Block out = Block.zeros(2, 5);
        memory.mix(kernels, 1, weights, out, 2, 600);

        for (int row = 0; row < 2; row++) {
            for (int c = 0; c < 5; c++) {
                double expected = 0;
                double bound = 1e-2;
                for (int s = 0; s < 600; s++) {
                    float weight = weights.values()[weights.row(row) + s];
                    expected += (double) weight * text[s * 20 + 10 + 5 + c];
                    bound += Math.abs(weight) * rounding(format, s * 20 + 10 + 5);
                }
                assertThat((double) out.values()[out.row(row) + c]).isCloseTo(expected, within(bound));
            }
        }
    }

    /** At most half a step of the grid on which the largest of a head's numbers is the last point. */
    private double rounding(MemoryFormat format, int from) {
        double largest = 0;
        for (int c = 0; c < 5; c++) {
            largest = Math.max(largest, Math.abs(text[from + c]));
        }
        return format == MemoryFormat.F32 ? 0 : largest / (Math.pow(2, format.bits() - 1) - 1) / 2;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPutAgainReplacesWhatStoodThere(MemoryFormat format) {
        KeyValues twice = KeyValues.of(new ScalarKernels(), format, HEADS, CAPACITY);
        for (int position = 0; position < 600; position++) {
            twice.put(position, floats(20), 0);
        }
        for (int position = 0; position < 600; position++) {
            twice.put(position, text, position * 20);
        }
        assertThat(scores(twice)).containsExactly(scores(filled(format, 600)));
    }

    @ParameterizedTest
    @EnumSource
    void aCopyGoesItsOwnWay(MemoryFormat format) {
        KeyValues memory = filled(format, 600);
        float[] before = scores(memory);
        KeyValues copy = memory.copy();
        copy.put(17, floats(20), 0);

        assertThat(scores(memory)).containsExactly(before);
        assertThat(scores(copy)).isNotEqualTo(before);
    }

    @Test
    void zerosAndWhatIsNotFiniteStayWhatTheyAre() {
        KeyValues memory = KeyValues.of(new ScalarKernels(), MemoryFormat.INT8, HEADS, CAPACITY);
        memory.put(0, new float[20], 0);
        float[] broken = new float[20];
        broken[7] = Float.POSITIVE_INFINITY;
        memory.put(1, broken, 0);
        broken[7] = Float.NaN;
        memory.put(2, broken, 0);
        Block scores = Block.zeros(1, CAPACITY);
        memory.score(kernels, 1, Block.of(new float[] {1, 1, 1, 1, 1}, 1, 5), scores, 1, 3);

        assertThat(scores.values()[0]).isZero();
        assertThat(Float.isFinite(scores.values()[1])).isFalse();
        assertThat(scores.values()[2]).isNaN();
    }

    private KeyValues filled(MemoryFormat format, int positions) {
        KeyValues memory = KeyValues.of(new ScalarKernels(), format, HEADS, CAPACITY);
        for (int position = 0; position < positions; position++) {
            memory.put(position, text, position * 20);
        }
        return memory;
    }

    private float[] scores(KeyValues memory) {
        Block scores = Block.zeros(1, CAPACITY);
        memory.score(kernels, 0, Block.of(new float[] {3, 1, 4, 1, 5}, 1, 5), scores, 1, 600);
        return Arrays.copyOf(scores.values(), 600);
    }

    private float[] floats(int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        return floats;
    }
}
