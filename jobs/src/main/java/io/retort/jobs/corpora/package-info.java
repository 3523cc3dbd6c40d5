/**
 * How tasks read a corpus: in shards, runs of documents of one domain and split in the corpus' order, which depend on
 * the corpus alone and not on who reads them.
 */
@NullMarked
package io.retort.jobs.corpora;

import org.jspecify.annotations.NullMarked;
