package io.retort.distill.teachers.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.NativeEngine;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints of random weights whose context was extended, against transformers (src/test/python/rope_scaling_models.py). */
class RopeScalingTest {
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "linear"})
    void logProbabilitiesAreThoseOfTransformersBeyondTheOriginalContext(String name) throws Exception {
        Path directory = Path.of("src/test/resources/rope", name);
        LlamaConfig config = LlamaConfigJson.parse(Files.readAllBytes(directory.resolve("config.json")));
        JsonNode expected =
                new ObjectMapper().readTree(directory.resolve("expected.json").toFile());
        long[] ids = new long[expected.path("ids").size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = expected.path("ids").path(i).asLong();
        }
        NativeEngine.prepare();
        try (GradientMode mode = GradientMode.paused();
                NDManager weights = NDManager.newBaseManager();
                NDManager scope = NDManager.newBaseManager();
                CheckpointFiles files = CheckpointFiles.open(directory)) {
            LlamaModel model = LlamaModel.load(config, files, weights);
            float[] found = model.logits(model.hidden(scope.create(ids, new Shape(1, ids.length))))
                    .logSoftmax(1)
                    .toFloatArray();
            int compared = 0;
            for (int row = 0; row < expected.path("positions").size(); row++) {
                int position = expected.path("positions").path(row).asInt();
                JsonNode values = expected.path("log_probabilities").path(row);
                for (int id = 0; id < config.vocabularySize(); id++) {
                    assertThat((double) found[position * config.vocabularySize() + id])
                            .as("position %d, id %d", position, id)
                            .isCloseTo(values.path(id).asDouble(), within(TOLERANCE));
                    compared++;
                }
            }
            assertThat(compared).isEqualTo(15 * 64);
        }
    }

    @Test
    void slowFrequenciesAreDividedAndFastOnesStay() {
        RopeScaling scaling = new RopeScaling.Llama3(8, 1, 4, 8192);
        double once = 2 * Math.PI / 8192;

        assertThat(scaling.scaled(10 * once)).isEqualTo(10 * once);
        assertThat(scaling.scaled(once / 2)).isEqualTo(once / 16);
        // Half way between one turn and four: half of it stays, half is divided.
        assertThat(scaling.scaled(2.5 * once)).isCloseTo(2.5 * once * (.5 + .5 / 8), within(1e-12));
    }
}
