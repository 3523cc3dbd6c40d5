package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.nano.AttentionWeights.Compression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's weights by their place in it.
 *
 * @param embedding {@code [vocabulary, model]}
 * @param layers the layers, first to last
 * @param norm {@code [model]}, after the last layer
 * @param head {@code [vocabulary, model]}, the embedding itself where tied
 */
record NanoWeights(NDArray embedding, List<LayerWeights> layers, NDArray norm, NDArray head) {
    /**
     * Finds every weight by its checkpoint name.
     *
     * @throws InvalidDataException when a tensor is missing, left over or of another shape than the config says
     */
    static NanoWeights of(NanoConfig config, Map<String, NDArray> tensors) {
        Map<String, Shape> layout = TensorLayout.of(config);
        layout.forEach((name, shape) -> requireShape(name, shape, tensors.get(name)));
        for (String name : tensors.keySet()) {
            if (!layout.containsKey(name)) {
                throw new InvalidDataException("tensor " + name + ": not part of the model config.json describes");
            }
        }
        Lookup root = new Lookup(tensors, "model.");
        List<LayerWeights> layers = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(layer(config, layer, root.under("layers." + layer + ".")));
        }
        NDArray embedding = root.weight("embed_tokens");
        NDArray head = config.head() == NanoConfig.Head.TIED ? embedding : new Lookup(tensors, "").weight("lm_head");
        return new NanoWeights(embedding, List.copyOf(layers), root.weight("norm"), head);
    }

    private static void requireShape(String name, Shape expected, @Nullable NDArray found) {
        if (found == null) {
            throw new InvalidDataException("tensor " + name + ": expected shape " + expected + ", found no tensor");
        }
        if (!found.getShape().equals(expected)) {
            throw new InvalidDataException(
                    "tensor " + name + ": expected shape " + expected + ", found " + found.getShape());
        }
    }

    private static LayerWeights layer(NanoConfig config, int layer, Lookup at) {
        FeedForward feedForward =
                config.hasExperts(layer) ? mixture(config.experts(), at.under("mlp.")) : mlp(at.under("mlp."));
        return new LayerWeights(
                at.weight("input_layernorm"),
                attention(config.attention(), at.under("self_attn.")),
                at.weight("post_attention_layernorm"),
                feedForward);
    }

    private static AttentionWeights attention(AttentionConfig config, Lookup at) {
        boolean compressed = config.queryRank() > 0;
        return new AttentionWeights(
                compressed
                        ? Optional.of(new Compression(at.weight("q_a_proj"), at.weight("q_a_layernorm")))
                        : Optional.empty(),
                at.weight(compressed ? "q_b_proj" : "q_proj"),
                at.weight("kv_a_proj_with_mqa"),
                at.weight("kv_a_layernorm"),
                at.weight("kv_b_proj"),
                at.weight("o_proj"));
    }

    private static Mixture mixture(ExpertConfig config, Lookup at) {
        List<GatedMlp> experts = new ArrayList<>();
        for (int expert = 0; expert < config.routed(); expert++) {
            experts.add(mlp(at.under("experts." + expert + ".")));
        }
        return new Mixture(
                at.weight("gate"),
                at.tensor("gate.e_score_correction_bias"),
                List.copyOf(experts),
                config.shared() > 0 ? Optional.of(mlp(at.under("shared_experts."))) : Optional.empty());
    }

    private static GatedMlp mlp(Lookup at) {
        return new GatedMlp(at.weight("gate_proj"), at.weight("up_proj"), at.weight("down_proj"));
    }

    private record Lookup(Map<String, NDArray> tensors, String prefix) {
        Lookup under(String more) {
            return new Lookup(tensors, prefix + more);
        }

        NDArray weight(String module) {
            return tensor(module + ".weight");
        }

        NDArray tensor(String name) {
            NDArray found = tensors.get(prefix + name);
            if (found == null) {
                throw new IllegalStateException("no tensor " + prefix + name + " though the layout lists it");
            }
            return found;
        }
    }
}
