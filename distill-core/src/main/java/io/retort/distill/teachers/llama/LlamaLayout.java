package io.retort.distill.teachers.llama;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which tensors a checkpoint of a config has: transformers' names with their shapes, in the model's order. */
final class LlamaLayout {
    private static final String UNUSED = ".rotary_emb.inv_freq";

    private LlamaLayout() {}

    static Map<String, Shape> of(LlamaConfig config) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        long model = config.hiddenSize();
        long inner = config.innerWidth();
        long queries = (long) config.attention().heads() * config.attention().headSize();
        long keys = (long) config.attention().keyHeads() * config.attention().headSize();
        shapes.put("model.embed_tokens.weight", new Shape(config.vocabularySize(), model));
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            shapes.put(prefix + "input_layernorm.weight", new Shape(model));
            shapes.put(prefix + "self_attn.q_proj.weight", new Shape(queries, model));
            shapes.put(prefix + "self_attn.k_proj.weight", new Shape(keys, model));
            shapes.put(prefix + "self_attn.v_proj.weight", new Shape(keys, model));
            shapes.put(prefix + "self_attn.o_proj.weight", new Shape(model, queries));
            shapes.put(prefix + "post_attention_layernorm.weight", new Shape(model));
            shapes.put(prefix + "mlp.gate_proj.weight", new Shape(inner, model));
            shapes.put(prefix + "mlp.up_proj.weight", new Shape(inner, model));
            shapes.put(prefix + "mlp.down_proj.weight", new Shape(model, inner));
        }
        shapes.put("model.norm.weight", new Shape(model));
        if (config.head() == LlamaConfig.Head.SEPARATE) {
            shapes.put("lm_head.weight", new Shape(config.vocabularySize(), model));
        }
        return Collections.unmodifiableMap(shapes);
    }

    /** Frequencies that early versions of transformers stored although they follow from the config. */
    static boolean isUnused(String name) {
        return name.endsWith(UNUSED);
    }
}
