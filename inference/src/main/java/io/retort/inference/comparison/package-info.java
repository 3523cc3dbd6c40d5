/** What changed between two bundles: experts, sizes, scores, and what they say of themselves. */
@NullMarked
package io.retort.inference.comparison;

import org.jspecify.annotations.NullMarked;
