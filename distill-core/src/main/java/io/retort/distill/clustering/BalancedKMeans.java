package io.retort.distill.clustering;

import io.retort.datasets.InvalidDataException;
import java.util.Arrays;

/**
 * Cuts documents into clusters of like words, none larger than asked. A function of the documents and the settings: their
 * order, and how they are spread, decide nothing.
 */
public final class BalancedKMeans {
    /** A price moves at first by this for a cluster twice as large as the mean, and less later. */
    private static final double PRICE_STEP = 0.05;

    private final ClusterSettings settings;

    public BalancedKMeans(ClusterSettings settings) {
        this.settings = settings;
    }

    /**
     * Which document is in which cluster.
     *
     * @throws InvalidDataException if there are fewer documents than clusters
     */
    public Placement fit(DocumentPasses documents) {
        int buckets = settings.buckets();
        DocumentFrequencies frequencies = documents.over(() -> new DocumentFrequencies(buckets));
        if (frequencies.documents() < settings.clusters()) {
            throw new InvalidDataException("expected at least as many training documents as clusters, found "
                    + frequencies.documents() + " for " + settings.clusters());
        }
        Embedding embedding =
                LatentSemantics.embedding(documents, frequencies.inverse(), settings.dimensions(), settings.seed());
        Centres centres = centres(documents, embedding, frequencies.documents());
        long[] room = new long[settings.clusters()];
        Arrays.fill(room, settings.capacity(frequencies.documents()));
        return Placement.of(documents, new NearCentres(embedding, centres), room);
    }

    private Centres centres(DocumentPasses documents, Embedding embedding, long count) {
        int clusters = settings.clusters();
        long seed = settings.seed();
        Centres centres = documents
                .over(() -> new FirstCentres(embedding, clusters, seed))
                .centres();
        double mean = (double) count / clusters;
        for (int i = 0; i < settings.iterations(); i++) {
            Centres now = centres;
            ClusterTotals totals = documents.over(() -> new ClusterTotals(embedding, now));
            double step = PRICE_STEP * (1 - (double) i / settings.iterations());
            double[] prices = now.prices().clone();
            for (int c = 0; c < clusters; c++) {
                // One huge cluster is to lose many documents, and not all.
                prices[c] += step * Math.min(1, totals.documents()[c] / mean - 1);
            }
            centres = new Centres(totals.means(), prices);
        }
        return centres;
    }
}
