/** Finished reports, found by themselves or by the bundle that was made of them, and compared with one another. */
@NullMarked
package io.retort.jobs.compare;

import org.jspecify.annotations.NullMarked;
