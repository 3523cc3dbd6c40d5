/**
 * The report a person reads: one HTML file that needs nothing else, in light and dark, on a phone, a screen and paper.
 *
 * <p>It links nothing outside, runs no script, and shows whatever text a model or a document holds as text.
 */
@NullMarked
package io.retort.eval.report;

import org.jspecify.annotations.NullMarked;
