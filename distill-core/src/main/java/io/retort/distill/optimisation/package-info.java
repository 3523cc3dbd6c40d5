/**
 * Optimisers over raw NDArrays, shared by everything that is trained here.
 *
 * <p>The package exists because DJL's trainer collects gradients for the whole process at once, so that two models could
 * not be trained side by side in one JVM, and because it has no Muon. Everything here belongs to one thread, holds no
 * static state and takes its step number from the caller, so that a checkpoint is the arrays of {@link
 * io.retort.distill.optimisation.Optimiser#state} and nothing else.
 */
@NullMarked
package io.retort.distill.optimisation;

import org.jspecify.annotations.NullMarked;
