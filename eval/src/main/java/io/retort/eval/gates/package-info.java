/**
 * Gates: what a run must have reached before it may replace another, written one a line and checked with the uncertainty
 * of its figures.
 *
 * <p>A gate that cannot be shown to hold fails: a figure without an interval passes no gate that asks for one.
 */
@NullMarked
package io.retort.eval.gates;

import org.jspecify.annotations.NullMarked;
