/** Placeholder. */
@NullMarked
package io.retort.inference;

import org.jspecify.annotations.NullMarked;
