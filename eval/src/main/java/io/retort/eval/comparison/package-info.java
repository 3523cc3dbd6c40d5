/**
 * Two runs of an evaluation on the same documents: a challenger against the champion.
 *
 * <p>Each run is read alone into a state; the states need no join, since equal documents have equal weights in every
 * replicate, and only McNemar's counts remember which documents were right, eight bytes each.
 */
@NullMarked
package io.retort.eval.comparison;

import org.jspecify.annotations.NullMarked;
