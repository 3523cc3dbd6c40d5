package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Document;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.FixedPoint;
import io.retort.eval.statistics.PoissonWeights;
import io.retort.eval.statistics.RatioState;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What contenders lose a byte, in all and by task, with replicates; merges with others over other documents. */
final class Losses implements Serializable {
    private static final long serialVersionUID = 1;

    private final BootstrapSettings bootstrap;
    private final EnumMap<Contender, RatioState> all = new EnumMap<>(Contender.class);
    private final TreeMap<String, EnumMap<Contender, RatioState>> byTask = new TreeMap<>();

    Losses(BootstrapSettings bootstrap) {
        this.bootstrap = bootstrap;
    }

    /**
     * Takes in a document.
     *
     * @param logLikelihoods nats of what was to be predicted and of its end
     * @param bytes of what was to be predicted
     */
    void add(Document document, Map<Contender, Double> logLikelihoods, long bytes) {
        long hash = PoissonWeights.hash(document.id());
        int[] weights = new int[bootstrap.replicates()];
        new PoissonWeights(bootstrap).draw(hash, weights);
        EnumMap<Contender, RatioState> task = task(document.task());
        logLikelihoods.forEach((contender, nats) -> {
            long lost = FixedPoint.of(Math.max(0, -nats));
            state(all, contender).update(hash, lost, bytes, weights);
            state(task, contender).update(hash, lost, bytes, weights);
        });
    }

    Losses merge(Losses other) {
        other.all.forEach((contender, state) -> state(all, contender).merge(state));
        other.byTask.forEach((name, states) -> {
            EnumMap<Contender, RatioState> task = task(name);
            states.forEach((contender, state) -> state(task, contender).merge(state));
        });
        return this;
    }

    private RatioState state(EnumMap<Contender, RatioState> states, Contender contender) {
        return states.computeIfAbsent(contender, key -> new RatioState(bootstrap.replicates()));
    }

    private EnumMap<Contender, RatioState> task(String name) {
        return byTask.computeIfAbsent(name, key -> new EnumMap<>(Contender.class));
    }

    Map<Contender, RatioState> all() {
        return all;
    }

    Map<String, EnumMap<Contender, RatioState>> byTask() {
        return byTask;
    }
}
