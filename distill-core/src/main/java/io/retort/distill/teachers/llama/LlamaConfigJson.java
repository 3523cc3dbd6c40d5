package io.retort.distill.teachers.llama;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.checkpoints.ConfigFields;
import io.retort.distill.teachers.checkpoints.JsonFiles;
import io.retort.distill.teachers.checkpoints.QuantizationConfig;
import java.util.List;

/**
 * config.json as transformers writes it for Llama. A setting that would change the function in a way that is not computed
 * here is refused by name; settings that do not touch the function are ignored.
 */
public final class LlamaConfigJson {
    private static final double DEFAULT_THETA = 10_000;

    private LlamaConfigJson() {}

    /**
     * Reads a config.
     *
     * @throws InvalidDataException when the bytes are no JSON object, lack a field or ask for something unsupported
     */
    public static LlamaConfig parse(byte[] file) {
        ConfigFields fields = new ConfigFields(JsonFiles.object(file, "config.json"));
        refuseUnsupported(fields);
        try {
            return config(fields);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException("config.json: " + e.getMessage(), e);
        }
    }

    private static void refuseUnsupported(ConfigFields fields) {
        fields.expect("model_type", "llama");
        fields.expect("hidden_act", "silu");
        fields.expect("attention_bias", "false");
        fields.expect("mlp_bias", "false");
        fields.expect("pretraining_tp", "1");
        JsonNode factor = fields.root().path("partial_rotary_factor");
        if (factor.isNumber() && factor.asDouble() != 1) {
            throw new InvalidDataException("config.json: partial_rotary_factor: expected 1, found " + factor);
        }
        QuantizationConfig.requireSupported(fields.root());
    }

    /** Either name may say how the context was extended: transformers 5 writes the second. */
    private static RopeScaling scaling(ConfigFields fields, double theta) {
        for (String name : List.of("rope_scaling", "rope_parameters")) {
            JsonNode scaling = fields.root().path(name);
            String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
            JsonNode own = scaling.path("rope_theta");
            if (own.isNumber() && own.asDouble() != theta) {
                throw new InvalidDataException(
                        "config.json: " + name + ".rope_theta: expected " + theta + " as rope_theta, found " + own);
            }
            if (type.equals("default")) {
                continue;
            }
            ConfigFields numbers = new ConfigFields(scaling);
            return switch (type) {
                case "linear" -> new RopeScaling.Linear(numbers.number("factor"));
                case "llama3" ->
                    new RopeScaling.Llama3(
                            numbers.number("factor"),
                            numbers.number("low_freq_factor"),
                            numbers.number("high_freq_factor"),
                            numbers.integer("original_max_position_embeddings"));
                default ->
                    throw new InvalidDataException("config.json: " + name + ": expected default, linear or llama3 as"
                            + " rope_type, found \"" + type + "\"");
            };
        }
        return RopeScaling.NONE;
    }

    private static LlamaConfig config(ConfigFields fields) {
        int hidden = fields.integer("hidden_size");
        int heads = fields.integer("num_attention_heads");
        ConfigFields rope = fields.root().hasNonNull("rope_theta")
                ? fields
                : new ConfigFields(fields.root().path("rope_parameters"));
        double theta = rope.root().hasNonNull("rope_theta") ? rope.number("rope_theta") : DEFAULT_THETA;
        LlamaConfig.Attention attention = new LlamaConfig.Attention(
                heads,
                fields.integer("num_key_value_heads", heads),
                fields.integer("head_dim", heads > 0 ? hidden / heads : 0),
                theta,
                scaling(fields, theta));
        return new LlamaConfig(
                fields.integer("vocab_size"),
                hidden,
                fields.integer("num_hidden_layers"),
                fields.integer("intermediate_size"),
                fields.number("rms_norm_eps"),
                fields.flag("tie_word_embeddings") ? LlamaConfig.Head.TIED : LlamaConfig.Head.SEPARATE,
                fields.integer("max_position_embeddings"),
                fields.integer("bos_token_id"),
                // Llama 3 names several ends, of a document and of turns in a conversation; the first is a document's.
                fields.firstInteger("eos_token_id"),
                attention);
    }
}
