package io.retort.distill.teachers.llama;

import io.retort.distill.teachers.causal.Sizes;
import java.util.Objects;

/**
 * Everything that fixes the function a set of weights computes, field by field as in config.json.
 *
 * @param vocabularySize number of token ids
 * @param hiddenSize width of the residual stream
 * @param layers number of layers
 * @param innerWidth hidden width of the gated network
 * @param normEpsilon added to the mean square in RMSNorm
 * @param head whether the output projection is a matrix of its own
 * @param contextTokens longest sequence, beginning-of-sequence included
 * @param bos id in front of every sequence
 * @param eos id that ends a document
 * @param attention heads
 */
public record LlamaConfig(
        int vocabularySize,
        int hiddenSize,
        int layers,
        int innerWidth,
        double normEpsilon,
        Head head,
        int contextTokens,
        int bos,
        int eos,
        Attention attention) {
    /** Where the output projection comes from. */
    public enum Head {
        /** A matrix of its own, lm_head.weight. */
        SEPARATE,
        /** The input embedding. */
        TIED
    }

    /**
     * The heads of attention.
     *
     * @param heads number of query heads
     * @param keyHeads number of key and value heads, each shared by as many query heads
     * @param headSize channels of a head
     * @param theta base of the rotary frequencies
     * @param scaling of these frequencies
     */
    public record Attention(int heads, int keyHeads, int headSize, double theta, RopeScaling scaling) {
        /** Checks that every size is possible. */
        public Attention {
            Sizes.requirePositive("num_attention_heads", heads);
            Sizes.requirePositive("num_key_value_heads", keyHeads);
            Sizes.requirePositive("head_dim", headSize);
            if (heads % keyHeads != 0) {
                throw new IllegalArgumentException("num_key_value_heads: expected a divisor of " + heads
                        + " (num_attention_heads), found " + keyHeads);
            }
            if (headSize % 2 != 0) {
                throw new IllegalArgumentException("head_dim: expected an even number, found " + headSize);
            }
            if (!(theta > 1) || Double.isInfinite(theta)) {
                throw new IllegalArgumentException("rope_theta: expected a number above 1, found " + theta);
            }
        }

        /** Angle a token turns each of the {@code headSize / 2} pairs by, in radians (arXiv 2104.09864, section 3.2.2). */
        double[] frequencies() {
            double[] frequencies = new double[headSize / 2];
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = scaling.scaled(Math.pow(theta, -2.0 * i / headSize));
            }
            return frequencies;
        }
    }

    /** Checks that the parts fit together. */
    public LlamaConfig {
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(attention, "attention");
        Sizes.requirePositive("vocab_size", vocabularySize);
        Sizes.requirePositive("hidden_size", hiddenSize);
        Sizes.requirePositive("num_hidden_layers", layers);
        Sizes.requirePositive("intermediate_size", innerWidth);
        Sizes.requirePositive("max_position_embeddings", contextTokens);
        if (!(normEpsilon >= 0) || normEpsilon > 1) {
            throw new IllegalArgumentException("rms_norm_eps: expected 0 to 1, found " + normEpsilon);
        }
        Sizes.requireToken("bos_token_id", bos, vocabularySize);
        Sizes.requireToken("eos_token_id", eos, vocabularySize);
    }
}
