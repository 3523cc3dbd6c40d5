package io.retort.eval.sweeps;

import io.retort.eval.statistics.Interval;

/**
 * A figure of a variant, and how it differs from that of the variant it is compared with.
 *
 * @param mean over the variant's seeds
 * @param interval of the mean, over documents and seeds
 * @param difference variant − other over the seeds that both have; NaN where there is no other or no such seed
 * @param differenceInterval paired, over documents and seeds
 * @param pValue two-sided, of no difference
 * @param adjustedPValue by Holm's correction over the variants of the domain
 */
public record Compared(
        double mean,
        Interval interval,
        double difference,
        Interval differenceInterval,
        double pValue,
        double adjustedPValue) {

    Compared adjusted(double other) {
        return new Compared(mean, interval, difference, differenceInterval, pValue, other);
    }
}
