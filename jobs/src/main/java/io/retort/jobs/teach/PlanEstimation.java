package io.retort.jobs.teach;

import io.retort.datasets.logits.ShardOrigin;
import io.retort.jobs.corpora.ContentShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** From measures of a sample to forecasts of all that is left, domain by domain, by the ratio to the bytes of text. */
final class PlanEstimation {
    private final Map<String, List<ContentShard>> left = new TreeMap<>();
    private final Map<String, List<SliceMeasure>> measures;
    private final List<SliceMeasure> all = new ArrayList<>();
    private final List<ContentShard> shards;

    /**
     * @param shards that are left, at least one
     * @param measures by domain; a domain without any is taken to be like all others together
     */
    PlanEstimation(List<ContentShard> shards, Map<String, List<SliceMeasure>> measures) {
        this.shards = shards;
        this.measures = measures;
        measures.values().forEach(all::addAll);
        for (ContentShard shard : shards) {
            left.computeIfAbsent(shard.documents().domain(), domain -> new ArrayList<>())
                    .add(shard);
        }
    }

    long documents() {
        return shards.stream().mapToLong(shard -> shard.documents().documents()).sum();
    }

    /** A document is a request, and one more for each time that it is longer than the context. */
    Forecast requests() {
        RatioTotals more = totals(measure -> measure.cost().requests() - measure.documents(), new TreeMap<>());
        return Forecast.around(documents() + more.total(), more.halfWidth(), documents());
    }

    Forecast tokens() {
        return forecast(totals(measure -> measure.cost().teacherTokens(), new TreeMap<>()), 0);
    }

    Forecast diskBytes(ShardOrigin origin) {
        RatioTotals totals = new RatioTotals();
        double fixed = 0;
        for (Map.Entry<String, List<ContentShard>> domain : left.entrySet()) {
            List<SliceMeasure> sample = sample(domain.getKey());
            FileSizes sizes = FileSizes.of(sample, origin);
            fixed += sizes.fixed() * domain.getValue().size();
            add(totals, domain.getValue(), sample, sizes::growing);
        }
        return forecast(totals, fixed);
    }

    Forecast wallSeconds(PlanOptions options) {
        Map<String, Double> ratios = new TreeMap<>();
        RatioTotals totals = totals(measure -> measure.cost().phases().total(), ratios);
        double[] seconds = shards.stream()
                .mapToDouble(shard -> shard.textBytes()
                        * ratios.getOrDefault(shard.documents().domain(), 0.0))
                .toArray();
        double wall = Makespan.of(seconds, options.slices().of(seconds.length, options.tasks()), options.tasks());
        double scale = totals.total() == 0 ? 0 : wall / totals.total();
        return Forecast.around(wall, totals.halfWidth() * scale, 0);
    }

    private RatioTotals totals(ToDoubleFunction<SliceMeasure> value, Map<String, Double> ratios) {
        RatioTotals totals = new RatioTotals();
        left.forEach((domain, stratum) -> ratios.put(domain, add(totals, stratum, sample(domain), value)));
        return totals;
    }

    private static double add(
            RatioTotals totals,
            List<ContentShard> stratum,
            List<SliceMeasure> sample,
            ToDoubleFunction<SliceMeasure> value) {
        return totals.add(
                stratum.stream().mapToLong(ContentShard::textBytes).sum(),
                sample.stream().mapToDouble(SliceMeasure::textBytes).toArray(),
                sample.stream().mapToDouble(value).toArray());
    }

    private List<SliceMeasure> sample(String domain) {
        return measures.getOrDefault(domain, all);
    }

    private static Forecast forecast(RatioTotals totals, double fixed) {
        return Forecast.around(totals.total() + fixed, totals.halfWidth(), fixed);
    }

    TeachingPlan.Sample sample(double seconds, int tasks) {
        return new TeachingPlan.Sample(
                all.stream().mapToLong(SliceMeasure::documents).sum(),
                all.size(),
                all.stream()
                        .mapToLong(measure -> measure.cost().teacherTokens())
                        .sum(),
                seconds,
                tasks);
    }
}
