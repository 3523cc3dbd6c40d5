/**
 * What a teacher says about a corpus, stored once and read many times.
 *
 * <p>The package exists because a teacher is the dearest part of distillation: its log-probabilities are asked for once,
 * kept in a tenth of the space that all of them would take, and stay readable by any Parquet reader. It cuts documents
 * into chunks that fit the teacher's context, turns the teacher's distributions into rows, packs rows into shards whose
 * bytes are a function of their content, refuses a shard of which one bit has changed, and rebuilds a distribution from
 * what was stored. docs/logit-format.md specifies the format.
 */
@NullMarked
package io.retort.datasets.logits;

import org.jspecify.annotations.NullMarked;
