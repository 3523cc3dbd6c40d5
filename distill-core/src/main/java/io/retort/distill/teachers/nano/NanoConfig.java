package io.retort.distill.teachers.nano;

import io.retort.distill.teachers.causal.Sizes;
import java.util.Objects;

/**
 * Everything that fixes the function a set of weights computes. Field by field it corresponds to a DeepSeek-V3 or
 * Kimi-K2 config.json, which {@link NanoConfigJson} reads and writes.
 *
 * @param vocabularySize number of token ids
 * @param hiddenSize width of the residual stream
 * @param layers number of layers
 * @param denseLayers how many of the first layers have a dense feed-forward network in place of experts
 * @param denseWidth hidden width of those
 * @param normEpsilon added to the mean square in RMSNorm
 * @param head whether the output projection is a matrix of its own
 * @param contextTokens longest sequence, beginning-of-sequence included
 * @param bos id in front of every sequence
 * @param eos id that ends a document
 * @param attention sizes of attention
 * @param experts sizes of the mixture of experts
 * @param rope rotary position
 */
public record NanoConfig(
        int vocabularySize,
        int hiddenSize,
        int layers,
        int denseLayers,
        int denseWidth,
        double normEpsilon,
        Head head,
        int contextTokens,
        int bos,
        int eos,
        AttentionConfig attention,
        ExpertConfig experts,
        RopeConfig rope) {
    /** Where the output projection comes from. */
    public enum Head {
        /** A matrix of its own, lm_head.weight. */
        SEPARATE,
        /** The input embedding. */
        TIED
    }

    /** Checks that the parts fit together. */
    public NanoConfig {
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(experts, "experts");
        Objects.requireNonNull(rope, "rope");
        Sizes.requirePositive("vocab_size", vocabularySize);
        Sizes.requirePositive("hidden_size", hiddenSize);
        Sizes.requirePositive("num_hidden_layers", layers);
        Sizes.requirePositive("max_position_embeddings", contextTokens);
        if (denseLayers < 0 || denseLayers > layers) {
            throw new IllegalArgumentException(
                    "first_k_dense_replace: expected 0 to " + layers + " (num_hidden_layers), found " + denseLayers);
        }
        if (denseLayers > 0) {
            Sizes.requirePositive("intermediate_size", denseWidth);
        }
        if (denseLayers < layers && experts.routed() == 0) {
            throw new IllegalArgumentException("n_routed_experts: expected at least 1, since layers " + denseLayers
                    + " and up have experts, found 0");
        }
        if (!(normEpsilon >= 0) || normEpsilon > 1) {
            throw new IllegalArgumentException("rms_norm_eps: expected 0 to 1, found " + normEpsilon);
        }
        Sizes.requireToken("bos_token_id", bos, vocabularySize);
        Sizes.requireToken("eos_token_id", eos, vocabularySize);
    }

    /** Whether the layer's feed-forward network is a mixture of experts. */
    public boolean hasExperts(int layer) {
        return layer >= denseLayers;
    }
}
