package io.retort.distill.teachers.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.InvalidDataException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NanoConfigJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"0, TIED", "6, SEPARATE"})
    void whatIsWrittenReadsBackEqual(int queryRank, NanoConfig.Head head) {
        NanoConfig config = SmallModels.config(40, queryRank, head);
        assertThat(NanoConfigJson.parse(NanoConfigJson.write(config))).isEqualTo(config);
    }

    @Test
    void yarnReadsBackEqual() {
        NanoConfig plain = SmallModels.config(40, 0, NanoConfig.Head.TIED);
        RopeConfig rope = new RopeConfig(50000, Optional.of(new RopeConfig.Yarn(32, 4096, 32, 1, 1, 0.707)));
        NanoConfig config = new NanoConfig(
                plain.vocabularySize(),
                plain.hiddenSize(),
                plain.layers(),
                plain.denseLayers(),
                plain.denseWidth(),
                plain.normEpsilon(),
                plain.head(),
                plain.contextTokens(),
                plain.bos(),
                plain.eos(),
                plain.attention(),
                plain.experts(),
                rope);
        assertThat(NanoConfigJson.parse(NanoConfigJson.write(config))).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource({
        "hidden_act, '\"gelu\"'",
        "scoring_func, '\"softmax\"'",
        "topk_method, '\"greedy\"'",
        "n_group, 8",
        "topk_group, 4",
        "moe_layer_freq, 2",
        "attention_bias, true",
        "num_nextn_predict_layers, 1",
        "num_key_value_heads, 1",
        "model_type, '\"llama\"'",
        "quantization_config, '{\"quant_method\":\"fp8\"}'",
        "rope_scaling, '{\"type\":\"linear\",\"factor\":2.0}'",
        "hidden_size, 0",
        "hidden_size, -4",
        "hidden_size, 2000000000",
        "hidden_size, '\"16\"'",
        "hidden_size, 16.5",
        "vocab_size, 99999999999",
        "num_experts_per_tok, 7",
        "first_k_dense_replace, 4",
        "qk_rope_head_dim, 3",
        "bos_token_id, 40",
        "rope_theta, 1.0",
        "routed_scaling_factor, 0",
        "rms_norm_eps, -1.0",
    })
    void aSettingThatIsNotComputedOrPossibleIsRefusedByName(String field, String value) throws Exception {
        ObjectNode root = valid();
        root.set(field, MAPPER.readTree(value));
        assertThatThrownBy(() -> NanoConfigJson.parse(root.toString()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden_size", "kv_lora_rank", "q_lora_rank", "n_routed_experts", "eos_token_id"})
    void aMissingFieldIsNamed(String field) throws Exception {
        ObjectNode root = valid();
        root.remove(field);
        assertThatThrownBy(() -> NanoConfigJson.parse(root.toString()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(field)
                .hasMessageContaining("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "3", "{\"vocab_size\":1,}"})
    void textThatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> NanoConfigJson.parse(text))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("config.json");
    }

    private static ObjectNode valid() throws Exception {
        JsonNode root = MAPPER.readTree(NanoConfigJson.write(SmallModels.config(40, 0, NanoConfig.Head.TIED)));
        return (ObjectNode) root;
    }
}
