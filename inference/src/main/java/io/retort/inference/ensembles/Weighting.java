package io.retort.inference.ensembles;

/** What becomes of the weights of a mixture as it reads. */
public enum Weighting {
    /** They stay: p(next) = Σ wᵢ pᵢ(next). */
    FIXED,
    /**
     * They are the posterior of each student given the text so far: wᵢ grows in proportion to what student i gave each
     * symbol, so that p(text) = Σ wᵢ pᵢ(text). For a text without a prompt, of which a router can know nothing.
     */
    POSTERIOR
}
