/**
 * Tasks that are written in a documented subset of lm-evaluation-harness' YAML (docs/tasks.md), so that a task file says the
 * same of a model here and there: the same prompts with the same few-shot documents, the same metrics over the same documents.
 * What the subset does not have is refused by name, with file and line. Knows no Spark: a task's documents become instances,
 * a {@link io.retort.eval.tasks.TaskModel} answers them, and their rows add up in mergeable totals.
 */
@NullMarked
package io.retort.eval.tasks;

import org.jspecify.annotations.NullMarked;
