package io.retort.distill.analysis;

/**
 * What one domain makes of a layer's experts; every array is {@code [expert]} and must not be changed.
 *
 * @param domain the domain
 * @param choices how often each was chosen
 * @param shares the same over the domain's choices
 * @param meanWeights mean weight of the outputs where it was chosen, 0 where never
 * @param liftBits {@code log2 p(expert | domain) / p(expert)}, pointwise mutual information, domains equally likely, half
 *     a choice added to every count so that it is finite
 */
public record DomainUse(String domain, long[] choices, double[] shares, double[] meanWeights, double[] liftBits) {}
