package io.retort.distill.kernels;

/** A place in an array, from which a kernel reads or writes. */
public record Span(float[] values, int from) {}
