/** Corpora whose train split a teacher wrote, or the students of an earlier round: the prompts are another corpus'. */
@NullMarked
package io.retort.jobs.continuations;

import org.jspecify.annotations.NullMarked;
