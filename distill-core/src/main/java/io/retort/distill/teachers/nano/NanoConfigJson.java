package io.retort.distill.teachers.nano;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.nano.RopeConfig.Yarn;
import java.util.Optional;

/**
 * config.json as Hugging Face writes it for DeepSeek-V3 and Kimi-K2. A setting that would change the function in a way
 * that is not computed here is refused by name; settings that do not touch the function are ignored.
 */
public final class NanoConfigJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private NanoConfigJson() {}

    /**
     * Reads a config.
     *
     * @throws InvalidDataException when the text is no JSON object, lacks a field or asks for something unsupported
     */
    public static NanoConfig parse(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new InvalidDataException("config.json: expected JSON, found " + e.getOriginalMessage(), e);
        }
        if (root == null || !root.isObject()) {
            throw new InvalidDataException("config.json: expected a JSON object");
        }
        refuseUnsupported(root);
        try {
            return config(root);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException("config.json: " + e.getMessage(), e);
        }
    }

    private static NanoConfig config(JsonNode root) {
        boolean tied = root.path("tie_word_embeddings").asBoolean(false);
        return new NanoConfig(
                integer(root, "vocab_size"),
                integer(root, "hidden_size"),
                integer(root, "num_hidden_layers"),
                integer(root, "first_k_dense_replace"),
                integer(root, "intermediate_size"),
                number(root, "rms_norm_eps"),
                tied ? NanoConfig.Head.TIED : NanoConfig.Head.SEPARATE,
                integer(root, "max_position_embeddings"),
                integer(root, "bos_token_id"),
                integer(root, "eos_token_id"),
                attention(root),
                experts(root),
                rope(root));
    }

    private static AttentionConfig attention(JsonNode root) {
        return new AttentionConfig(
                integer(root, "num_attention_heads"),
                root.path("q_lora_rank").isNull() ? 0 : integer(root, "q_lora_rank"),
                integer(root, "kv_lora_rank"),
                integer(root, "qk_nope_head_dim"),
                integer(root, "qk_rope_head_dim"),
                integer(root, "v_head_dim"));
    }

    private static ExpertConfig experts(JsonNode root) {
        boolean normalised = root.path("norm_topk_prob").asBoolean(true);
        return new ExpertConfig(
                integer(root, "n_routed_experts"),
                integer(root, "num_experts_per_tok"),
                integer(root, "n_shared_experts"),
                integer(root, "moe_intermediate_size"),
                number(root, "routed_scaling_factor"),
                normalised ? ExpertConfig.Weighting.NORMALISED : ExpertConfig.Weighting.RAW);
    }

    private static RopeConfig rope(JsonNode root) {
        double theta = number(root, "rope_theta");
        JsonNode scaling = root.path("rope_scaling");
        if (scaling.isMissingNode() || scaling.isNull()) {
            return new RopeConfig(theta, Optional.empty());
        }
        String type = scaling.path("type").asText(scaling.path("rope_type").asText());
        if (!type.equals("yarn")) {
            throw new IllegalArgumentException("rope_scaling.type: expected yarn, found \"" + type + "\"");
        }
        return new RopeConfig(
                theta,
                Optional.of(new Yarn(
                        number(scaling, "factor"),
                        integer(scaling, "original_max_position_embeddings"),
                        scaling.path("beta_fast").asDouble(32),
                        scaling.path("beta_slow").asDouble(1),
                        scaling.path("mscale").asDouble(1),
                        scaling.path("mscale_all_dim").asDouble(0))));
    }

    private static void refuseUnsupported(JsonNode root) {
        expect(root, "model_type", "deepseek_v3", "kimi_k2");
        expect(root, "hidden_act", "silu");
        expect(root, "scoring_func", "sigmoid");
        expect(root, "topk_method", "noaux_tc");
        expect(root, "n_group", "1");
        expect(root, "topk_group", "1");
        expect(root, "moe_layer_freq", "1");
        expect(root, "attention_bias", "false");
        expect(root, "num_nextn_predict_layers", "0");
        if (root.hasNonNull("quantization_config")) {
            throw new InvalidDataException("config.json: quantization_config: expected none, weights must be plain");
        }
        JsonNode keyHeads = root.path("num_key_value_heads");
        if (!keyHeads.isMissingNode()
                && keyHeads.asInt() != root.path("num_attention_heads").asInt()) {
            throw new InvalidDataException("config.json: num_key_value_heads: expected num_attention_heads ("
                    + root.path("num_attention_heads") + "), found " + keyHeads);
        }
    }

    private static void expect(JsonNode root, String name, String... supported) {
        JsonNode value = root.path(name);
        if (value.isMissingNode()) {
            return;
        }
        for (String one : supported) {
            if (value.asText().equals(one)) {
                return;
            }
        }
        throw new InvalidDataException(
                "config.json: " + name + ": expected " + String.join(" or ", supported) + ", found " + value);
    }

    private static int integer(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException(name + ": expected an integer, found " + found(value));
        }
        return value.asInt();
    }

    private static double number(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + ": expected a number, found " + found(value));
        }
        return value.asDouble();
    }

    private static String found(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }

    /** Writes a config that {@link #parse} reads back equal, with the fields transformers needs. */
    public static String write(NanoConfig config) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putArray("architectures").add(NanoModel.ARCHITECTURE);
        root.put("attention_bias", false).put("attention_dropout", 0.0);
        root.put("bos_token_id", config.bos()).put("eos_token_id", config.eos());
        root.put("first_k_dense_replace", config.denseLayers());
        root.put("hidden_act", "silu").put("hidden_size", config.hiddenSize());
        root.put("initializer_range", 0.02).put("intermediate_size", config.denseWidth());
        root.put("max_position_embeddings", config.contextTokens()).put("model_type", "deepseek_v3");
        root.put("num_hidden_layers", config.layers()).put("num_nextn_predict_layers", 0);
        root.put("rms_norm_eps", config.normEpsilon());
        root.put("tie_word_embeddings", config.head() == NanoConfig.Head.TIED);
        root.put("torch_dtype", "float16").put("use_cache", true);
        root.put("vocab_size", config.vocabularySize());
        writeAttention(root, config.attention());
        writeExperts(root, config.experts());
        writeRope(root, config.rope());
        return root.toPrettyString() + "\n";
    }

    private static void writeAttention(ObjectNode root, AttentionConfig attention) {
        root.put("num_attention_heads", attention.heads()).put("num_key_value_heads", attention.heads());
        root.put("kv_lora_rank", attention.latentRank());
        if (attention.queryRank() == 0) {
            root.putNull("q_lora_rank");
        } else {
            root.put("q_lora_rank", attention.queryRank());
        }
        root.put("qk_nope_head_dim", attention.nopeSize()).put("qk_rope_head_dim", attention.ropeSize());
        root.put("v_head_dim", attention.valueSize());
    }

    private static void writeExperts(ObjectNode root, ExpertConfig experts) {
        root.put("moe_intermediate_size", experts.width()).put("moe_layer_freq", 1);
        root.put("n_routed_experts", experts.routed()).put("n_shared_experts", experts.shared());
        root.put("num_experts_per_tok", experts.perToken());
        root.put("n_group", 1).put("topk_group", 1).put("topk_method", "noaux_tc");
        root.put("scoring_func", "sigmoid").put("routed_scaling_factor", experts.scaling());
        root.put("norm_topk_prob", experts.weighting() == ExpertConfig.Weighting.NORMALISED);
    }

    private static void writeRope(ObjectNode root, RopeConfig rope) {
        root.put("rope_theta", rope.theta());
        if (rope.yarn().isEmpty()) {
            root.putNull("rope_scaling");
            return;
        }
        Yarn yarn = rope.yarn().get();
        root.putObject("rope_scaling")
                .put("type", "yarn")
                .put("factor", yarn.factor())
                .put("original_max_position_embeddings", yarn.originalContext())
                .put("beta_fast", yarn.betaFast())
                .put("beta_slow", yarn.betaSlow())
                .put("mscale", yarn.mscale())
                .put("mscale_all_dim", yarn.mscaleAllDim());
    }
}
