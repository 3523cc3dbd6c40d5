package io.retort.distill.teachers.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.teachers.causal.TokenCache;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncrementalDecodingTest {
    private static final int VOCABULARY = 30;
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void stepsWithTheTokenCacheGiveWhatOnePassOverTheWholeSequenceGives(int queryRank) {
        NanoConfig config = SmallModels.config(VOCABULARY, queryRank, NanoConfig.Head.TIED);
        int[] lengths = {4, 7, 1};
        int steps = 6;
        try (NDManager manager = NDManager.newBaseManager();
                NDManager scope = manager.newSubManager()) {
            NanoModel model = SmallModels.model(config, 8, manager);
            long[][] sequences = new long[lengths.length][];
            for (int row = 0; row < lengths.length; row++) {
                sequences[row] = SmallModels.randomIds(lengths[row] + steps, VOCABULARY, 40 + row);
            }
            try (TokenCache cache = model.cache(lengths, steps)) {
                float[] prompt =
                        model.prefill(padded(scope, sequences, lengths), cache).toFloatArray();
                for (int row = 0; row < lengths.length; row++) {
                    assertHidden(whole(model, scope, sequences[row], lengths[row]), prompt, row * 7 + lengths[row] - 1);
                }
                for (int step = 0; step < steps; step++) {
                    int at = step;
                    long[] next = new long[lengths.length];
                    Arrays.setAll(next, row -> sequences[row][lengths[row] + at]);
                    float[] hidden = model.step(scope.create(next), cache).toFloatArray();
                    for (int row = 0; row < lengths.length; row++) {
                        assertHidden(whole(model, scope, sequences[row], lengths[row] + step + 1), hidden, row);
                    }
                }
                assertThat(cache.hasRoom()).isFalse();
            }
        }
    }

    @Test
    void aCacheGoesOnWithTheRowsItRetains() {
        NanoConfig config = SmallModels.config(VOCABULARY, 0, NanoConfig.Head.TIED);
        int[] lengths = {3, 5, 2};
        try (NDManager manager = NDManager.newBaseManager();
                NDManager scope = manager.newSubManager()) {
            NanoModel model = SmallModels.model(config, 9, manager);
            long[][] sequences = new long[lengths.length][];
            for (int row = 0; row < lengths.length; row++) {
                sequences[row] = SmallModels.randomIds(lengths[row] + 2, VOCABULARY, 70 + row);
            }
            try (TokenCache cache = model.cache(lengths, 2)) {
                model.prefill(padded(scope, sequences, lengths), cache);
                model.step(scope.create(new long[] {sequences[0][3], sequences[1][5], sequences[2][2]}), cache);
                cache.retain(new int[] {2, 0});
                float[] hidden = model.step(scope.create(new long[] {sequences[2][3], sequences[0][4]}), cache)
                        .toFloatArray();
                assertHidden(whole(model, scope, sequences[2], 4), hidden, 0);
                assertHidden(whole(model, scope, sequences[0], 5), hidden, 1);
            }
        }
    }

    @Test
    void longSequencesAreCutIntoBlocksOfQueriesWithoutChangingTheResult() {
        // 400 positions are three blocks; a prefix short enough for one block must give the same hidden states.
        NanoConfig small = SmallModels.config(VOCABULARY, 0, NanoConfig.Head.TIED);
        NanoConfig config = new NanoConfig(
                VOCABULARY,
                small.hiddenSize(),
                small.layers(),
                small.denseLayers(),
                small.denseWidth(),
                small.normEpsilon(),
                small.head(),
                512,
                small.bos(),
                small.eos(),
                small.attention(),
                small.experts(),
                small.rope());
        long[] ids = SmallModels.randomIds(400, VOCABULARY, 3);
        try (NDManager manager = NDManager.newBaseManager();
                NDManager scope = manager.newSubManager()) {
            NanoModel model = SmallModels.model(config, 11, manager);
            float[] all = hidden(model, scope, ids);
            float[] prefix = hidden(model, scope, Arrays.copyOf(ids, 150));
            for (int position = 0; position < 150; position++) {
                for (int channel = 0; channel < 16; channel++) {
                    assertThat((double) all[position * 16 + channel])
                            .as("position %d", position)
                            .isCloseTo(prefix[position * 16 + channel], within(TOLERANCE));
                }
            }
        }
    }

    @Test
    void aSequenceLongerThanTheContextIsRefused() {
        NanoConfig config = SmallModels.config(VOCABULARY, 0, NanoConfig.Head.TIED);
        try (NDManager manager = NDManager.newBaseManager()) {
            NanoModel model = SmallModels.model(config, 1, manager);
            NDArray ids = manager.create(new long[65], new Shape(1, 65));
            assertThatThrownBy(() -> model.hidden(ids, RoutingListener.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected 1 to 64 tokens")
                    .hasMessageContaining("65");
        }
    }

    @Test
    void aPassLeavesNothingBehindWithTheSharedWeights() {
        NanoConfig config = SmallModels.config(VOCABULARY, 6, NanoConfig.Head.TIED);
        try (NDManager manager = NDManager.newBaseManager()) {
            NanoModel model = SmallModels.model(config, 2, manager);
            int before = manager.getManagedArrays().size();
            try (NDManager scope = NDManager.newBaseManager();
                    TokenCache cache = model.cache(new int[] {5}, 2)) {
                model.prefill(scope.create(new long[5], new Shape(1, 5)), cache);
                model.logits(model.step(scope.create(new long[1]), cache));
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    private static NDArray padded(NDManager scope, long[][] sequences, int[] lengths) {
        int time = Arrays.stream(lengths).max().orElseThrow();
        long[] ids = new long[lengths.length * time];
        for (int row = 0; row < lengths.length; row++) {
            System.arraycopy(sequences[row], 0, ids, row * time, lengths[row]);
        }
        return scope.create(ids, new Shape(lengths.length, time));
    }

    private static float[] hidden(NanoModel model, NDManager scope, long[] ids) {
        return model.hidden(scope.create(ids, new Shape(1, ids.length)), RoutingListener.NONE)
                .toFloatArray();
    }

    /** The last hidden state of a sequence's first tokens. */
    private static float[] whole(NanoModel model, NDManager scope, long[] ids, int length) {
        float[] all = hidden(model, scope, Arrays.copyOf(ids, length));
        return Arrays.copyOfRange(all, (length - 1) * 16, length * 16);
    }

    private static void assertHidden(float[] expected, float[] rows, int row) {
        for (int channel = 0; channel < expected.length; channel++) {
            assertThat((double) rows[row * expected.length + channel])
                    .as("row %d, channel %d", row, channel)
                    .isCloseTo(expected[channel], within(TOLERANCE));
        }
    }
}
