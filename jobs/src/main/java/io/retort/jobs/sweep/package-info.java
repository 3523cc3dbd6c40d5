/**
 * {@code retort distil --sweep}: a table of trainings that differ in settings and seeds, on the same documents. What decides and
 * compares is in {@code io.retort.eval.sweeps}; here is what reads the table's file, trains and keeps.
 */
@NullMarked
package io.retort.jobs.sweep;

import org.jspecify.annotations.NullMarked;
