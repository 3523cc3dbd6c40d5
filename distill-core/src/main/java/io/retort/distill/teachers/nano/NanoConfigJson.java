package io.retort.distill.teachers.nano;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.checkpoints.ConfigFields;
import io.retort.distill.teachers.checkpoints.JsonFiles;
import io.retort.distill.teachers.checkpoints.QuantizationConfig;
import io.retort.distill.teachers.nano.RopeConfig.Yarn;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * config.json as Hugging Face writes it for DeepSeek-V3 and Kimi-K2. A setting that would change the function in a way
 * that is not computed here is refused by name; settings that do not touch the function are ignored.
 */
public final class NanoConfigJson {
    private NanoConfigJson() {}

    /**
     * Reads a config.
     *
     * @throws InvalidDataException when the text is no JSON object, lacks a field or asks for something unsupported
     */
    public static NanoConfig parse(String json) {
        JsonNode root = JsonFiles.object(json.getBytes(StandardCharsets.UTF_8), "config.json");
        refuseUnsupported(new ConfigFields(root));
        try {
            return config(new ConfigFields(root));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException("config.json: " + e.getMessage(), e);
        }
    }

    private static NanoConfig config(ConfigFields fields) {
        boolean tied = fields.flag("tie_word_embeddings");
        return new NanoConfig(
                fields.integer("vocab_size"),
                fields.integer("hidden_size"),
                fields.integer("num_hidden_layers"),
                fields.integer("first_k_dense_replace"),
                fields.integer("intermediate_size"),
                fields.number("rms_norm_eps"),
                tied ? NanoConfig.Head.TIED : NanoConfig.Head.SEPARATE,
                fields.integer("max_position_embeddings"),
                fields.integer("bos_token_id"),
                fields.integer("eos_token_id"),
                attention(fields),
                experts(fields),
                rope(fields));
    }

    private static AttentionConfig attention(ConfigFields fields) {
        return new AttentionConfig(
                fields.integer("num_attention_heads"),
                fields.root().path("q_lora_rank").isNull() ? 0 : fields.integer("q_lora_rank"),
                fields.integer("kv_lora_rank"),
                fields.integer("qk_nope_head_dim"),
                fields.integer("qk_rope_head_dim"),
                fields.integer("v_head_dim"));
    }

    private static ExpertConfig experts(ConfigFields fields) {
        boolean normalised = fields.root().path("norm_topk_prob").asBoolean(true);
        return new ExpertConfig(
                fields.integer("n_routed_experts"),
                fields.integer("num_experts_per_tok"),
                fields.integer("n_shared_experts"),
                fields.integer("moe_intermediate_size"),
                fields.number("routed_scaling_factor"),
                normalised ? ExpertConfig.Weighting.NORMALISED : ExpertConfig.Weighting.RAW);
    }

    private static RopeConfig rope(ConfigFields fields) {
        double theta = fields.number("rope_theta");
        JsonNode scaling = fields.root().path("rope_scaling");
        if (scaling.isMissingNode() || scaling.isNull()) {
            return new RopeConfig(theta, Optional.empty());
        }
        String type = scaling.path("type").asText(scaling.path("rope_type").asText());
        if (!type.equals("yarn")) {
            throw new IllegalArgumentException("rope_scaling.type: expected yarn, found \"" + type + "\"");
        }
        ConfigFields yarn = new ConfigFields(scaling);
        return new RopeConfig(
                theta,
                Optional.of(new Yarn(
                        yarn.number("factor"),
                        yarn.integer("original_max_position_embeddings"),
                        scaling.path("beta_fast").asDouble(32),
                        scaling.path("beta_slow").asDouble(1),
                        scaling.path("mscale").asDouble(1),
                        scaling.path("mscale_all_dim").asDouble(0))));
    }

    private static void refuseUnsupported(ConfigFields fields) {
        fields.expect("model_type", "deepseek_v3", "kimi_k2");
        fields.expect("hidden_act", "silu");
        fields.expect("scoring_func", "sigmoid");
        fields.expect("topk_method", "noaux_tc");
        fields.expect("n_group", "1");
        fields.expect("topk_group", "1");
        fields.expect("moe_layer_freq", "1");
        fields.expect("attention_bias", "false");
        fields.expect("num_nextn_predict_layers", "0");
        QuantizationConfig.requireSupported(fields.root());
        JsonNode heads = fields.root().path("num_attention_heads");
        JsonNode keyHeads = fields.root().path("num_key_value_heads");
        if (!keyHeads.isMissingNode() && keyHeads.asInt() != heads.asInt()) {
            throw new InvalidDataException("config.json: num_key_value_heads: expected num_attention_heads (" + heads
                    + "), found " + keyHeads);
        }
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
