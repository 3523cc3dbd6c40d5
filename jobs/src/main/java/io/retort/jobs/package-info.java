/** Placeholder. */
@NullMarked
package io.retort.jobs;

import org.jspecify.annotations.NullMarked;
