package io.retort.distill.teachers.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against values that transformers' DeepseekV3ForCausalLM computed for random checkpoints (see the fixtures' README). */
class TransformersParityTest {
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"kimi-nano-plain", "kimi-nano-yarn", "kimi-nano-yarn-ramp"})
    void logitsRouterChoicesAndWeightsEqualThoseOfTransformers(String fixture) throws Exception {
        Path directory = SharedFixtures.directory(fixture);
        JsonNode expected =
                new ObjectMapper().readTree(directory.resolve("expected.json").toFile());
        NanoConfig config = NanoConfigJson.parse(Files.readString(directory.resolve("config.json")));
        try (CheckpointFiles files = CheckpointFiles.open(directory);
                NDManager manager = NDManager.newBaseManager();
                NDManager pass = manager.newSubManager()) {
            NanoModel model = NanoModel.load(config, files, manager);
            Map<Integer, long[]> choices = new HashMap<>();
            Map<Integer, float[]> weights = new HashMap<>();
            NDArray ids = pass.create(new ObjectMapper().convertValue(expected.get("input_ids"), long[].class))
                    .expandDims(0);
            NDArray hidden = model.hidden(ids, (layer, experts, shares) -> {
                choices.put(layer, experts);
                weights.put(layer, shares.toFloatArray());
            });
            NDArray logits = model.logits(hidden);
            assertLogits(logits, expected);
            for (JsonNode layer : expected.get("router")) {
                int number = layer.get("layer").asInt();
                assertRouting(
                        layer,
                        Objects.requireNonNull(choices.get(number)),
                        Objects.requireNonNull(weights.get(number)));
            }
        }
    }

    private static void assertLogits(NDArray logits, JsonNode expected) {
        int vocabulary = (int) logits.getShape().get(1);
        int positions = (int) logits.getShape().get(0);
        float[] all = logits.toFloatArray();
        JsonNode last = expected.get("logits_last4");
        for (int row = 0; row < 4; row++) {
            for (int id = 0; id < vocabulary; id++) {
                assertThat((double) all[(positions - 4 + row) * vocabulary + id])
                        .as("logit of id %d at position %d", id, positions - 4 + row)
                        .isCloseTo(last.get(row).get(id).asDouble(), within(TOLERANCE));
            }
        }
        float[] logProbabilities = logits.logSoftmax(1).toFloatArray();
        for (int position = 0; position < positions - 1; position++) {
            int next = expected.get("input_ids").get(position + 1).asInt();
            assertThat((double) logProbabilities[position * vocabulary + next])
                    .as("log-probability after position %d", position)
                    .isCloseTo(expected.get("next_token_logprob").get(position).asDouble(), within(TOLERANCE));
        }
    }

    private static void assertRouting(JsonNode layer, long[] choices, float[] weights) {
        JsonNode ids = layer.get("expert_ids");
        int perToken = ids.get(0).size();
        assertThat(choices).hasSize(ids.size() * perToken);
        for (int token = 0; token < ids.size(); token++) {
            Map<Long, Double> found = new TreeMap<>();
            for (int i = 0; i < perToken; i++) {
                found.put(choices[token * perToken + i], (double) weights[token * perToken + i]);
            }
            int at = 0;
            for (Map.Entry<Long, Double> choice : found.entrySet()) {
                assertThat(choice.getKey())
                        .as("layer %s, token %d", layer.get("layer"), token)
                        .isEqualTo(ids.get(token).get(at).asLong());
                assertThat(choice.getValue())
                        .isCloseTo(layer.get("weights").get(token).get(at).asDouble(), within(TOLERANCE));
                at++;
            }
        }
    }
}
