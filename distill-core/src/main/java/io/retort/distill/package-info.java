/** Placeholder. */
@NullMarked
package io.retort.distill;

import org.jspecify.annotations.NullMarked;
