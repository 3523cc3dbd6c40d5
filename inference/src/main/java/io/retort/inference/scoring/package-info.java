/** What every model that is evaluated can do, whoever computes it: log-likelihoods of continuations, and greedy generation. */
@NullMarked
package io.retort.inference.scoring;

import org.jspecify.annotations.NullMarked;
