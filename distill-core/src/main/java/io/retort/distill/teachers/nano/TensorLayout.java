package io.retort.distill.teachers.nano;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which tensors a checkpoint of a config has: Hugging Face's names with their shapes, in the model's order. */
public final class TensorLayout {
    private final NanoConfig config;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    private TensorLayout(NanoConfig config) {
        this.config = config;
    }

    /** Names and shapes of all tensors of the config. */
    public static Map<String, Shape> of(NanoConfig config) {
        TensorLayout layout = new TensorLayout(config);
        layout.add("model.embed_tokens.weight", config.vocabularySize(), config.hiddenSize());
        for (int layer = 0; layer < config.layers(); layer++) {
            layout.addLayer(layer);
        }
        layout.add("model.norm.weight", config.hiddenSize());
        if (config.head() == NanoConfig.Head.SEPARATE) {
            layout.add("lm_head.weight", config.vocabularySize(), config.hiddenSize());
        }
        return Collections.unmodifiableMap(layout.shapes);
    }

    /** Number of weights, experts' choosing bias included. */
    public static long parameters(NanoConfig config) {
        return of(config).values().stream().mapToLong(Shape::size).sum();
    }

    /** Number of weights without the routed experts a token does not visit. */
    public static long activeParameters(NanoConfig config) {
        ExpertConfig experts = config.experts();
        long idle = (long) (experts.routed() - experts.perToken()) * 3 * experts.width() * config.hiddenSize();
        return parameters(config) - idle * (config.layers() - config.denseLayers());
    }

    private void add(String name, long... dimensions) {
        shapes.put(name, new Shape(dimensions));
    }

    private void addLayer(int layer) {
        String prefix = "model.layers." + layer + ".";
        int model = config.hiddenSize();
        add(prefix + "input_layernorm.weight", model);
        addAttention(prefix + "self_attn.");
        add(prefix + "post_attention_layernorm.weight", model);
        if (!config.hasExperts(layer)) {
            addMlp(prefix + "mlp.", config.denseWidth());
            return;
        }
        ExpertConfig experts = config.experts();
        add(prefix + "mlp.gate.weight", experts.routed(), model);
        add(prefix + "mlp.gate.e_score_correction_bias", experts.routed());
        for (int expert = 0; expert < experts.routed(); expert++) {
            addMlp(prefix + "mlp.experts." + expert + ".", experts.width());
        }
        if (experts.shared() > 0) {
            addMlp(prefix + "mlp.shared_experts.", (long) experts.width() * experts.shared());
        }
    }

    private void addAttention(String prefix) {
        AttentionConfig attention = config.attention();
        long model = config.hiddenSize();
        long heads = attention.heads();
        long queries = heads * attention.querySize();
        if (attention.queryRank() == 0) {
            add(prefix + "q_proj.weight", queries, model);
        } else {
            add(prefix + "q_a_proj.weight", attention.queryRank(), model);
            add(prefix + "q_a_layernorm.weight", attention.queryRank());
            add(prefix + "q_b_proj.weight", queries, attention.queryRank());
        }
        add(prefix + "kv_a_proj_with_mqa.weight", attention.latentRank() + attention.ropeSize(), model);
        add(prefix + "kv_a_layernorm.weight", attention.latentRank());
        add(
                prefix + "kv_b_proj.weight",
                heads * (attention.nopeSize() + attention.valueSize()),
                attention.latentRank());
        add(prefix + "o_proj.weight", model, heads * attention.valueSize());
    }

    private void addMlp(String prefix, long width) {
        add(prefix + "gate_proj.weight", width, config.hiddenSize());
        add(prefix + "up_proj.weight", width, config.hiddenSize());
        add(prefix + "down_proj.weight", config.hiddenSize(), width);
    }
}
