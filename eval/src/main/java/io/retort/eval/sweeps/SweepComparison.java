package io.retort.eval.sweeps;

import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.Holm;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.PairedComparison;
import io.retort.eval.statistics.PairedCounts;
import io.retort.eval.statistics.PoissonWeights;
import io.retort.eval.statistics.RatioState;
import io.retort.eval.statistics.SeedMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares variants of one domain with each other: trainings by seed, all scored on the same documents. Means and
 * differences are over documents and seeds ({@link SeedMean}), differences paired in both.
 */
public final class SweepComparison {
    private final Comparisons comparisons;
    private final BootstrapSettings settings;
    private final PoissonWeights poisson;

    public SweepComparison(Comparisons comparisons, BootstrapSettings settings) {
        this.comparisons = comparisons;
        this.settings = settings;
        this.poisson = new PoissonWeights(settings);
    }

    /**
     * The figures of each variant, in the order given.
     *
     * @param outcomes of variant and seed; variants and seeds without any may be left out
     */
    public List<VariantFigures> of(Map<String, SortedMap<Long, List<DocumentOutcome>>> outcomes) {
        Map<String, SortedMap<Long, Map<Metric, Estimate>>> estimates = new LinkedHashMap<>();
        outcomes.forEach((variant, bySeed) -> {
            SortedMap<Long, Map<Metric, Estimate>> ofVariant = new TreeMap<>();
            bySeed.forEach((seed, documents) -> ofVariant.put(seed, estimates(documents)));
            estimates.put(variant, ofVariant);
        });
        List<VariantFigures> figures = new ArrayList<>();
        estimates.forEach((variant, bySeed) -> figures.add(new VariantFigures(
                variant,
                List.copyOf(bySeed.keySet()),
                compared(
                        bySeed,
                        comparisons
                                .of(variant)
                                .map(other -> estimates.getOrDefault(other, new TreeMap<>()))
                                .orElseGet(TreeMap::new)))));
        return holm(figures);
    }

    private Map<Metric, Estimate> estimates(List<DocumentOutcome> outcomes) {
        Map<Metric, RatioState> states = new TreeMap<>();
        int[] weights = new int[poisson.replicates()];
        for (DocumentOutcome outcome : outcomes) {
            long hash = PoissonWeights.hash(outcome.document().documentId());
            poisson.draw(hash, weights);
            for (Metric metric : Metric.values()) {
                if (metric.isMeasured(outcome.score())) {
                    RatioState state = states.computeIfAbsent(metric, absent -> new RatioState(poisson.replicates()));
                    metric.update(state, hash, outcome.score(), weights);
                }
            }
        }
        Map<Metric, Estimate> finished = new TreeMap<>();
        states.forEach((metric, state) -> finished.put(metric, metric.finish(state)));
        return finished;
    }

    private SortedMap<Metric, Compared> compared(
            SortedMap<Long, Map<Metric, Estimate>> mine, SortedMap<Long, Map<Metric, Estimate>> theirs) {
        SortedMap<Metric, Compared> figures = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            List<Estimate> all = new ArrayList<>();
            List<Estimate> first = new ArrayList<>();
            List<Estimate> second = new ArrayList<>();
            mine.forEach((seed, estimates) -> {
                Estimate own = estimates.get(metric);
                Estimate other = theirs.getOrDefault(seed, Map.of()).get(metric);
                if (own != null) {
                    all.add(own);
                }
                if (own != null && other != null) {
                    first.add(own);
                    second.add(other);
                }
            });
            if (!all.isEmpty()) {
                figures.put(metric, compared(metric, SeedMean.of(all, settings), first, second));
            }
        }
        return figures;
    }

    private Compared compared(Metric metric, Estimate mean, List<Estimate> first, List<Estimate> second) {
        double level = settings.level();
        Interval interval = metric.interval(mean, level);
        if (first.isEmpty()) {
            return new Compared(mean.value(), interval, Double.NaN, Interval.undefined(level), Double.NaN, Double.NaN);
        }
        Estimate mine = SeedMean.of(first, settings);
        Estimate theirs = SeedMean.of(second, settings);
        PairedComparison comparison = metric == Metric.ACCURACY
                ? PairedComparison.ofAccuracies(mine, theirs, PairedCounts.NONE, level)
                : PairedComparison.of(mine, theirs, level);
        return new Compared(
                mean.value(),
                interval,
                comparison.difference(),
                comparison.interval(),
                comparison.pValue(),
                comparison.pValue());
    }

    private static List<VariantFigures> holm(List<VariantFigures> figures) {
        List<SortedMap<Metric, Compared>> adjusted = new ArrayList<>();
        figures.forEach(variant -> adjusted.add(new TreeMap<>(variant.figures())));
        for (Metric metric : Metric.values()) {
            double[] pValues = adjusted.stream()
                    .mapToDouble(variant ->
                            variant.containsKey(metric) ? variant.get(metric).pValue() : Double.NaN)
                    .toArray();
            double[] corrected = Holm.adjust(pValues);
            for (int i = 0; i < corrected.length; i++) {
                double ofVariant = corrected[i];
                adjusted.get(i).computeIfPresent(metric, (key, compared) -> compared.adjusted(ofVariant));
            }
        }
        List<VariantFigures> result = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            result.add(
                    new VariantFigures(figures.get(i).variant(), figures.get(i).seeds(), adjusted.get(i)));
        }
        return List.copyOf(result);
    }
}
