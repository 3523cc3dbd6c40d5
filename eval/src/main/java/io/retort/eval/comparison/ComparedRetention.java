package io.retort.eval.comparison;

import io.retort.eval.statistics.Retention;

/** The retention of both runs in a domain, or of all documents together. */
public record ComparedRetention(RunGroup group, RunRole role, Retention champion, Retention challenger) {}
