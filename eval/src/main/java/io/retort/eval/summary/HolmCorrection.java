package io.retort.eval.summary;

import io.retort.eval.statistics.Holm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Corrects the p-values of each role's comparisons for there being one a domain. */
final class HolmCorrection {
    private HolmCorrection() {}

    static List<DomainSummary> over(List<DomainSummary> domains) {
        Map<String, List<Double>> pValues = new TreeMap<>();
        for (DomainSummary domain : domains) {
            for (Comparison comparison : domain.comparisons()) {
                pValues.computeIfAbsent(comparison.role(), role -> new ArrayList<>())
                        .add(comparison.pValue());
            }
        }
        Map<String, double[]> adjusted = new TreeMap<>();
        pValues.forEach((role, list) -> adjusted.put(
                role, Holm.adjust(list.stream().mapToDouble(Double::doubleValue).toArray())));
        Map<String, Integer> used = new TreeMap<>();
        return domains.stream().map(domain -> adjust(domain, adjusted, used)).toList();
    }

    /** The n-th comparison of a role over all domains takes the n-th adjusted p-value. */
    private static DomainSummary adjust(
            DomainSummary domain, Map<String, double[]> adjusted, Map<String, Integer> used) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Comparison comparison : domain.comparisons()) {
            int index = used.merge(comparison.role(), 1, Integer::sum) - 1;
            double[] ofRole = adjusted.getOrDefault(comparison.role(), new double[0]);
            comparisons.add(comparison.adjusted(ofRole[index]));
        }
        return new DomainSummary(domain.group(), domain.primary(), domain.expert(), domain.ensemble(), comparisons);
    }
}
