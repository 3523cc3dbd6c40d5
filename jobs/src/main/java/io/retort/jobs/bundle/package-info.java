/** From experts, router and figures to a bundle: a directory with a name and a version that never changes once written. */
@NullMarked
package io.retort.jobs.bundle;

import org.jspecify.annotations.NullMarked;
