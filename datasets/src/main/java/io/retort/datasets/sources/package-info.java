/**
 * Documents from files that others wrote: JSON lines, JSON arrays, plain text, Parquet and bAbI's stories.
 *
 * <p>The package exists so that a new data set takes a few lines of configuration and no code: a {@link
 * io.retort.datasets.sources.SourceSpec} says where the records are and how a prompt and an answer are made of their
 * fields. Nothing from outside is trusted: a record that cannot become a document is rejected with its reason and place,
 * a mapping that fits no record is an error.
 */
@NullMarked
package io.retort.datasets.sources;

import org.jspecify.annotations.NullMarked;
