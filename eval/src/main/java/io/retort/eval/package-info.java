/**
 * Measures what a model can do, with error bars, and reports it.
 *
 * <p>Everything that is measured speaks {@link io.retort.inference.scoring.ScoringModel}: a teacher, an expert, a routed
 * ensemble and a control run through the same code. One document under one model gives one
 * {@linkplain io.retort.eval.outcomes.DocumentOutcome row of sufficient statistics}; rows flow into
 * {@linkplain io.retort.eval.summary.EvaluationState mergeable states}; states finish into a
 * {@linkplain io.retort.eval.summary.EvaluationSummary summary}; a summary is written as JSON, as a table and as
 * {@linkplain io.retort.eval.report.HtmlReport one HTML file}. Nothing here knows Spark: the jobs module moves rows and
 * states between machines.
 */
@NullMarked
package io.retort.eval;

import org.jspecify.annotations.NullMarked;
