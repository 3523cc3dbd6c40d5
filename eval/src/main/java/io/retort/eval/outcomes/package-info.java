/**
 * One row for each document under each model: all that any table, plot or test of an evaluation is made of.
 *
 * <p>The rows are kept as Parquet, so reading them back gives the same figures and a notebook can slice them anew.
 */
@NullMarked
package io.retort.eval.outcomes;

import org.jspecify.annotations.NullMarked;
