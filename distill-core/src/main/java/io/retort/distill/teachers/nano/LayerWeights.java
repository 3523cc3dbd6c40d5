package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;

/**
 * Weights of one layer.
 *
 * @param inputNorm {@code [model]}, before attention
 * @param attention attention
 * @param outputNorm {@code [model]}, before the feed-forward network
 * @param feedForward dense network or experts
 */
record LayerWeights(NDArray inputNorm, AttentionWeights attention, NDArray outputNorm, FeedForward feedForward) {}
