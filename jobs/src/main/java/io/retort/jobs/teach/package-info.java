/**
 * From a corpus to a logit dataset: the teacher scores every document once, shard by shard. What a shard holds is decided
 * by the corpus alone, so a run that was killed, or ran with another number of tasks, ends with the same bytes.
 */
@NullMarked
package io.retort.jobs.teach;

import org.jspecify.annotations.NullMarked;
