package io.retort.distill.teachers.nano;

import io.retort.distill.teachers.causal.Sizes;

/**
 * Sizes of multi-head latent attention.
 *
 * @param heads number of heads
 * @param queryRank width of the compressed query, or 0 when queries are projected directly
 * @param latentRank width of the compressed key and value, which is what a cache keeps
 * @param nopeSize a head's query and key channels without position
 * @param ropeSize a head's query channels with rotary position; the key's are shared by all heads
 * @param valueSize a head's value channels
 */
public record AttentionConfig(int heads, int queryRank, int latentRank, int nopeSize, int ropeSize, int valueSize) {
    /** Checks that every size is possible. */
    public AttentionConfig {
        Sizes.requirePositive("num_attention_heads", heads);
        Sizes.requireNotNegative("q_lora_rank", queryRank);
        Sizes.requirePositive("kv_lora_rank", latentRank);
        Sizes.requirePositive("qk_nope_head_dim", nopeSize);
        Sizes.requirePositive("qk_rope_head_dim", ropeSize);
        Sizes.requirePositive("v_head_dim", valueSize);
        if (ropeSize % 2 != 0) {
            throw new IllegalArgumentException("qk_rope_head_dim: expected an even number, found " + ropeSize);
        }
    }

    /** Channels of one head's query and key. */
    public int querySize() {
        return nopeSize + ropeSize;
    }
}
