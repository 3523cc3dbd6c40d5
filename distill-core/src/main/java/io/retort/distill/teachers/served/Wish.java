package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.inference.scoring.Sampling;

/**
 * How a server is to continue a text.
 *
 * @param mostTokens to write
 * @param sampling how each is chosen
 * @param seed of the draws
 */
record Wish(int mostTokens, Sampling sampling, long seed) {
    /** Along with a text that is scored: one token at most, which nobody reads. */
    static Wish ofScoring(int tokens) {
        return new Wish(tokens, Sampling.GREEDY, 0);
    }

    /** The seed in the range that all servers take: 0 to 2³¹ − 1. */
    private int shortSeed() {
        return (int) (seed ^ seed >>> Integer.SIZE) & Integer.MAX_VALUE;
    }

    /** Temperature and top-p by the names that all servers have for them, and the seed by this one's. */
    ObjectNode addSampling(ObjectNode request, String seedName) {
        return sampling.greedy()
                ? request.put("temperature", 0)
                : request.put("temperature", sampling.temperature())
                        .put("top_p", sampling.topP())
                        .put(seedName, shortSeed());
    }

    /** Besides, what vLLM and SGLang would take from the model's own defaults: neither is part of the sampling asked for. */
    ObjectNode addSamplingAlone(ObjectNode request, String seedName) {
        addSampling(request, seedName);
        return sampling.greedy()
                ? request
                : request.put("top_k", -1).put("min_p", 0).put("repetition_penalty", 1);
    }
}
