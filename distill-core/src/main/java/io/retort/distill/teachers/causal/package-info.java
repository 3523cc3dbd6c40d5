/**
 * What every decoder-only teacher computed here has in common, whatever its architecture: scoring sequences, decoding
 * with a cache or without, rotary position, attention to the past, and loading weights. An architecture is an {@link
 * io.retort.distill.teachers.causal.IncrementalModel} in a package of its own.
 */
@NullMarked
package io.retort.distill.teachers.causal;

import org.jspecify.annotations.NullMarked;
