/**
 * What a model learns from and is judged on: documents, the split each belongs to, and the corpora they make up.
 *
 * <p>The package exists so that every stage agrees on one thing: which text is which. A document's id and split are
 * functions of its content alone, so no order of reading, no partition count and no restart can move a document from
 * the training split to the test split.
 */
@NullMarked
package io.retort.datasets.corpus;

import org.jspecify.annotations.NullMarked;
