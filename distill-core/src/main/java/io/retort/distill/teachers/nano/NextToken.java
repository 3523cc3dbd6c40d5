package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;

/**
 * What every layer shares when one token a row is appended.
 *
 * @param cache the past
 * @param rotation rotary position of each row's token
 * @param mask {@code [rows, 1, past + 1]}, minus infinity on padding
 */
record NextToken(LatentCache cache, Rotation rotation, NDArray mask) {}
