/** Writes bundles: experts, router and what is known of them become a directory that never changes again. */
@NullMarked
package io.retort.distill.bundling;

import org.jspecify.annotations.NullMarked;
