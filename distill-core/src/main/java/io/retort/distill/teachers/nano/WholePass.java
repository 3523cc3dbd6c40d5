package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import io.retort.distill.teachers.causal.Rotation;
import io.retort.distill.teachers.causal.TokenSink;

/**
 * What every layer of a pass over whole sequences shares.
 *
 * @param batch number of sequences
 * @param time tokens of the longest, padding included
 * @param rotation rotary position of 0 to time − 1
 * @param mask {@code [time, time]}, minus infinity where a token would see a later one
 * @param sink where latents go
 * @param routing who is told of the experts' choices
 */
record WholePass(int batch, int time, Rotation rotation, NDArray mask, TokenSink sink, RoutingListener routing) {}
