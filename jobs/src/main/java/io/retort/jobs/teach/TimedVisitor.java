package io.retort.jobs.teach;

import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.LogProbabilityVisitor;

/** Hands everything on, and keeps how long the other took. Not safe for use by many threads. */
final class TimedVisitor implements LogProbabilityVisitor {
    private final LogProbabilityVisitor visitor;
    private long nanos;

    TimedVisitor(LogProbabilityVisitor visitor) {
        this.visitor = visitor;
    }

    /** The time within the other visitor so far. */
    long nanos() {
        return nanos;
    }

    @Override
    public void accept(int sequence, int position, float[] logProbabilities) {
        long from = System.nanoTime();
        visitor.accept(sequence, position, logProbabilities);
        nanos += System.nanoTime() - from;
    }

    @Override
    public void acceptMostLikely(int sequence, int position, LikelyTokens tokens) {
        long from = System.nanoTime();
        visitor.acceptMostLikely(sequence, position, tokens);
        nanos += System.nanoTime() - from;
    }

    @Override
    public void refused(int sequence, String words) {
        visitor.refused(sequence, words);
    }
}
