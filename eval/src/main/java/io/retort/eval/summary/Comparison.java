package io.retort.eval.summary;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.PairedComparison;

/**
 * Two models of a domain compared on the same documents.
 *
 * @param role what is compared with what, the same in each domain: {@code expert − teacher}
 * @param pValue of {@code result} before any correction; NaN where undefined
 * @param adjustedP the same after Holm's correction over the domains of this role
 */
public record Comparison(String role, Metric metric, PairedComparison result, double pValue, double adjustedP) {
    static Comparison of(String role, Metric metric, PairedComparison result) {
        return new Comparison(role, metric, result, result.pValue(), result.pValue());
    }

    Comparison adjusted(double p) {
        return new Comparison(role, metric, result, pValue, p);
    }
}
