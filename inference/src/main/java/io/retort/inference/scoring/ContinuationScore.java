package io.retort.inference.scoring;

/**
 * What a model says of a continuation.
 *
 * @param logLikelihood in nats
 * @param greedy whether each of its bytes was the likeliest of those that one symbol writes, and of itself
 */
public record ContinuationScore(double logLikelihood, boolean greedy) {}
