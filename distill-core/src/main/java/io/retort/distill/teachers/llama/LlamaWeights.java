package io.retort.distill.teachers.llama;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model's weights by their place in it.
 *
 * @param embedding {@code [vocabulary, model]}
 * @param layers the layers, first to last
 * @param norm {@code [model]}, after the last layer
 * @param head {@code [vocabulary, model]}, the embedding itself where tied
 */
record LlamaWeights(NDArray embedding, List<Layer> layers, NDArray norm, NDArray head) {
    /**
     * Weights of one layer.
     *
     * @param inputNorm {@code [model]}, before attention
     * @param query {@code [heads · size, model]}
     * @param key {@code [keyHeads · size, model]}
     * @param value {@code [keyHeads · size, model]}
     * @param output {@code [model, heads · size]}
     * @param outputNorm {@code [model]}, before the gated network
     * @param gate {@code [inner, model]}
     * @param up {@code [inner, model]}
     * @param down {@code [model, inner]}
     */
    record Layer(
            NDArray inputNorm,
            NDArray query,
            NDArray key,
            NDArray value,
            NDArray output,
            NDArray outputNorm,
            NDArray gate,
            NDArray up,
            NDArray down) {}

    /** The weights of arrays by their checkpoint names, all of {@link LlamaLayout}. */
    static LlamaWeights of(LlamaConfig config, Map<String, NDArray> arrays) {
        List<Layer> layers = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            layers.add(new Layer(
                    weight(arrays, prefix + "input_layernorm"),
                    weight(arrays, prefix + "self_attn.q_proj"),
                    weight(arrays, prefix + "self_attn.k_proj"),
                    weight(arrays, prefix + "self_attn.v_proj"),
                    weight(arrays, prefix + "self_attn.o_proj"),
                    weight(arrays, prefix + "post_attention_layernorm"),
                    weight(arrays, prefix + "mlp.gate_proj"),
                    weight(arrays, prefix + "mlp.up_proj"),
                    weight(arrays, prefix + "mlp.down_proj")));
        }
        NDArray embedding = weight(arrays, "model.embed_tokens");
        NDArray head = config.head() == LlamaConfig.Head.TIED ? embedding : weight(arrays, "lm_head");
        return new LlamaWeights(embedding, List.copyOf(layers), weight(arrays, "model.norm"), head);
    }

    private static NDArray weight(Map<String, NDArray> arrays, String module) {
        NDArray found = arrays.get(module + ".weight");
        if (found == null) {
            throw new IllegalStateException("no tensor " + module + ".weight though the layout lists it");
        }
        return found;
    }
}
