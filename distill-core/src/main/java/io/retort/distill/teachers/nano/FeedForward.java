package io.retort.distill.teachers.nano;

/** What a layer has after attention: one dense network, or experts and their router. */
sealed interface FeedForward permits GatedMlp, Mixture {}
