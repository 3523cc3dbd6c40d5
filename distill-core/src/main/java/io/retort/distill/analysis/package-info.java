/**
 * What a mixture-of-experts model has learnt to divide among its experts: from its weights alone, read in ranges without
 * loading the model, and from the choices its router makes on the documents of several domains. Nothing here knows
 * Spark; every figure that is estimated says how and comes with its error.
 */
@NullMarked
package io.retort.distill.analysis;

import org.jspecify.annotations.NullMarked;
