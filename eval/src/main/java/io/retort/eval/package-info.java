/** Placeholder. */
@NullMarked
package io.retort.eval;

import org.jspecify.annotations.NullMarked;
