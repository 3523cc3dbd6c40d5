/** Tables of many trainings: which of them are worth going on with, and how the others compare with one of them. */
@NullMarked
package io.retort.eval.sweeps;

import org.jspecify.annotations.NullMarked;
