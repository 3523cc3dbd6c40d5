package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Beginning;
import io.retort.datasets.corpus.Document;
import io.retort.distill.clustering.ClusterRouting;
import io.retort.distill.clustering.LikelihoodMixture;
import io.retort.distill.clustering.WordCounts;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.distil.Fleet;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * The task that has every contender predict some documents.
 *
 * @param single contenders that are one student, in the order of {@code students}
 * @param clusterTemperature of the clusters' routing
 * @param randomTemperature of the random groups' routing
 */
record LossesTask(
        Competition competition,
        List<Contender> single,
        Fleet students,
        double clusterTemperature,
        double randomTemperature,
        BootstrapSettings bootstrap)
        implements FlatMapFunction<Iterator<DocumentShard>, Losses> {
    LossesTask {
        single = List.copyOf(single);
    }

    @Override
    public Iterator<Losses> call(Iterator<DocumentShard> shards) throws IOException {
        Losses losses = new Losses(bootstrap);
        try (ShardReader reader = new ShardReader(competition.storageSettings().open(), competition.corpus())) {
            while (shards.hasNext()) {
                for (Document document : reader.read(shards.next())) {
                    Beginning text = Beginning.of(document, competition.beginningBytes());
                    losses.add(document, logLikelihoods(text), text.rest().length);
                }
            }
        }
        return List.of(losses).iterator();
    }

    private Map<Contender, Double> logLikelihoods(Beginning text) {
        EnumMap<Contender, Double> found = new EnumMap<>(Contender.class);
        clusters(text, found);
        random(text, found);
        Readers readers = Readers.of(students);
        for (int i = 0; i < single.size(); i++) {
            found.put(single.get(i), LikelihoodMixture.single(readers.read(i, text)));
        }
        return found;
    }

    private void clusters(Beginning text, Map<Contender, Double> found) {
        Readers readers = Readers.of(competition.clusters().fleet());
        double[] uniform = readers.uniform();
        float[][] logs = readers.read(uniform, text);
        double[] weights = weights(competition.clusters(), text, competition.chosen(), clusterTemperature);
        found.put(Contender.ROUTED, LikelihoodMixture.fixed(logs, weights));
        found.put(Contender.FOLLOWING, LikelihoodMixture.posterior(logs, weights));
        found.put(
                Contender.FIRST,
                LikelihoodMixture.fixed(logs, weights(competition.clusters(), text, 1, clusterTemperature)));
        found.put(Contender.UNIFORM, LikelihoodMixture.fixed(logs, uniform));
        double best = Double.NEGATIVE_INFINITY;
        for (float[] expert : logs) {
            best = Math.max(best, LikelihoodMixture.single(expert));
        }
        found.put(Contender.ORACLE, best);
    }

    private void random(Beginning text, Map<Contender, Double> found) {
        Readers readers = Readers.of(competition.random().fleet());
        double[] uniform = readers.uniform();
        float[][] logs = readers.read(uniform, text);
        double[] weights = weights(competition.random(), text, competition.chosen(), randomTemperature);
        found.put(Contender.RANDOM_ROUTED, LikelihoodMixture.fixed(logs, weights));
        found.put(Contender.RANDOM_FOLLOWING, LikelihoodMixture.posterior(logs, weights));
        found.put(Contender.RANDOM_UNIFORM, LikelihoodMixture.fixed(logs, uniform));
    }

    private static double[] weights(Competition.Routed routed, Beginning text, int chosen, double temperature) {
        ClusterRouting routing = routed.routing().value();
        return routing.weights(WordCounts.of(text.seen(), routing.embedding().buckets()), chosen, temperature);
    }
}
