package io.retort.inference.comparison;

/** A figure of evaluation.json with its interval, lower to upper. */
public record Score(double value, double lower, double upper) {}
