/** Runs tasks that are written in lm-evaluation-harness' YAML over a bundle, an expert or the teacher, in Spark. */
@NullMarked
package io.retort.jobs.tasks;

import org.jspecify.annotations.NullMarked;
