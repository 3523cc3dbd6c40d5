package io.retort.distill.clustering;

import io.retort.distill.clustering.ClusteredDocument.Id;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A random sample of documents' points: those whose ids mix to the smallest numbers. Among them the first centres are drawn as
 * in k-means++ (Arthur and Vassilvitskii 2007): far from those there are.
 */
final class FirstCentres implements Totals<FirstCentres> {
    /** So many candidates a centre. */
    private static final int CANDIDATES = 16;

    /** A place in the sample's order. */
    private record Rank(long bits, Id id) implements Comparable<Rank>, Serializable {
        private static final Comparator<Rank> ORDER =
                Comparator.comparingLong(Rank::bits).thenComparing(Rank::id);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    private final Embedding embedding;
    private final int clusters;
    private final long seed;
    private final TreeMap<Rank, double[]> sample = new TreeMap<>();

    FirstCentres(Embedding embedding, int clusters, long seed) {
        this.embedding = embedding;
        this.clusters = clusters;
        this.seed = seed;
    }

    @Override
    public void add(ClusteredDocument document) {
        Rank rank = new Rank(document.id().mixed(seed), document.id());
        if (sample.size() < CANDIDATES * clusters || rank.compareTo(sample.lastKey()) < 0) {
            put(rank, embedding.point(document.whole()));
        }
    }

    private void put(Rank rank, double[] point) {
        sample.put(rank, point);
        if (sample.size() > CANDIDATES * clusters) {
            sample.pollLastEntry();
        }
    }

    @Override
    public FirstCentres merge(FirstCentres other) {
        other.sample.forEach(this::put);
        return this;
    }

    Centres centres() {
        List<double[]> candidates = new ArrayList<>(sample.values());
        SplittableRandom random = new SplittableRandom(seed);
        double[] nearest = new double[candidates.size()];
        Arrays.fill(nearest, 2);
        double[][] points = new double[clusters][];
        for (int c = 0; c < clusters; c++) {
            double[] centre = candidates.get(drawn(nearest, random));
            points[c] = centre.clone();
            for (int i = 0; i < nearest.length; i++) {
                nearest[i] = Math.min(nearest[i], Math.max(0, 1 - Points.dot(centre, candidates.get(i))));
            }
        }
        return Centres.free(points);
    }

    /** An index, in proportion to its weight; where all are 0, any. */
    private static int drawn(double[] weights, SplittableRandom random) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        if (sum <= 0) {
            return random.nextInt(weights.length);
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }
}
