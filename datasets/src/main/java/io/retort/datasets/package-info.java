/** Placeholder. */
@NullMarked
package io.retort.datasets;

import org.jspecify.annotations.NullMarked;
