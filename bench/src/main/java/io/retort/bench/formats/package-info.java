/**
 * What it costs to store a teacher's distributions and what is lost by it: bytes a token against the divergence of what
 * can be rebuilt, for Retort's modes and for the settings of other projects on the same teacher and texts. The others'
 * encodings are written anew from their public descriptions.
 */
@NullMarked
package io.retort.bench.formats;

import org.jspecify.annotations.NullMarked;
