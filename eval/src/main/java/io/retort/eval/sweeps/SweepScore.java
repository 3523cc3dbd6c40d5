package io.retort.eval.sweeps;

import io.retort.eval.outcomes.Metric;

/** By what the trainings of a sweep are compared. */
public enum SweepScore {
    /** The share of documents answered right. */
    RIGHT_ANSWERS(Metric.ACCURACY),
    /** Bits for each byte of answers given their prompts, and of texts without a prompt. */
    ANSWER_BITS(Metric.ANSWER_BITS_PER_BYTE);

    private final Metric metric;

    SweepScore(Metric metric) {
        this.metric = metric;
    }

    /** The figure over documents. */
    public Metric metric() {
        return metric;
    }
}
