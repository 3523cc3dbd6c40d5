/** Chooses the experts for a prompt: hashed byte n-grams, a small network, the three most probable, and what was learnt of them since. */
@NullMarked
package io.retort.inference.routing;

import org.jspecify.annotations.NullMarked;
