/**
 * From experts, router and teacher to figures: every model answers the test split in Spark tasks, each document leaves a
 * row for each model, and the figures are merged from the rows.
 */
@NullMarked
package io.retort.jobs.evaluate;

import org.jspecify.annotations.NullMarked;
