/**
 * From rows to tables: mergeable totals over outcomes, the figures they finish into, and the files those are written to.
 *
 * <p>A state is small whatever the number of documents, so totals are all that ever reaches one place.
 */
@NullMarked
package io.retort.eval.summary;

import org.jspecify.annotations.NullMarked;
