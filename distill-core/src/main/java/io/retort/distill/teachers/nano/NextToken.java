package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import io.retort.distill.teachers.causal.Rotation;
import io.retort.distill.teachers.causal.TokenCache;

/**
 * What every layer shares when one token a row is appended.
 *
 * @param cache the past
 * @param rotation rotary position of each row's token
 * @param mask {@code [rows, 1, past + 1]}, minus infinity on padding
 */
record NextToken(TokenCache cache, Rotation rotation, NDArray mask) {}
