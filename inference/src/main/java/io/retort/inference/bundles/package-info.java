/** Bundles: what they consist of, and the one way in that checks all of it before a weight is used. Data only: nothing in a bundle executes. */
@NullMarked
package io.retort.inference.bundles;

import org.jspecify.annotations.NullMarked;
