package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Beginning;
import io.retort.datasets.corpus.Document;
import io.retort.distill.clustering.ClusterRouting;
import io.retort.distill.clustering.LikelihoodMixture;
import io.retort.distill.clustering.WordCounts;
import io.retort.eval.statistics.FixedPoint;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that sums what routed experts lose at each temperature, in steps of {@link FixedPoint}: [clusters, random]. */
record TemperatureTask(Competition competition, List<Double> temperatures)
        implements FlatMapFunction<Iterator<DocumentShard>, long[][]> {
    @Override
    public Iterator<long[][]> call(Iterator<DocumentShard> shards) throws IOException {
        long[][] sums = new long[2][temperatures.size()];
        try (ShardReader reader = new ShardReader(competition.storageSettings().open(), competition.corpus())) {
            while (shards.hasNext()) {
                for (Document document : reader.read(shards.next())) {
                    Beginning text = Beginning.of(document, competition.beginningBytes());
                    add(sums[0], competition.clusters(), text);
                    add(sums[1], competition.random(), text);
                }
            }
        }
        return List.<long[][]>of(sums).iterator();
    }

    private void add(long[] sums, Competition.Routed routed, Beginning text) {
        ClusterRouting routing = routed.routing().value();
        WordCounts words = WordCounts.of(text.seen(), routing.embedding().buckets());
        float[][] logs = Readers.of(routed.fleet()).read(routing.weights(words, competition.chosen(), 1), text);
        for (int i = 0; i < sums.length; i++) {
            double[] weights = routing.weights(words, competition.chosen(), temperatures.get(i));
            sums[i] += FixedPoint.of(-LikelihoodMixture.fixed(logs, weights));
        }
    }
}
