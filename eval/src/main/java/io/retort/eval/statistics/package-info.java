/**
 * Estimates with intervals that do not depend on how the documents were spread over machines.
 *
 * <p>A bootstrap that draws its resamples from a stream of random numbers gives other numbers with other partitions.
 * Here the weight of a document in a replicate is a function of (seed, document, replicate), sums are integers, and so one
 * partition or a thousand, in any order, give the same bits. Because two models meet the same weights on the same
 * documents, the difference and the ratio of their estimates are paired without a join.
 */
@NullMarked
package io.retort.eval.statistics;

import org.jspecify.annotations.NullMarked;
