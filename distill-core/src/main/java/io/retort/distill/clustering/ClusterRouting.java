package io.retort.distill.clustering;

import java.io.Serializable;

/**
 * Chooses clusters for a text of which only the beginning is known, by the distance of its point to the mean beginnings of
 * the clusters' documents: weights are softmax(−distance / temperature) over those chosen (c-BTM, equation 4).
 *
 * @param embedding where words lie
 * @param centres of beginnings, without prices
 */
public record ClusterRouting(Embedding embedding, Centres centres) implements Serializable {
    /** The routing of some clusters. */
    public static ClusterRouting of(DocumentPasses documents, Embedding embedding, Placement placement, int clusters) {
        return new ClusterRouting(
                embedding,
                Centres.free(documents
                        .over(() -> new Beginnings(embedding, placement, clusters))
                        .means()));
    }

    /** How many clusters. */
    public int size() {
        return centres.size();
    }

    /** The cluster to which a beginning is nearest. */
    public int nearest(WordCounts beginning) {
        return Centres.least(centres.distances(embedding.point(beginning)));
    }

    /**
     * The weights of all clusters; all but {@code chosen} of them are 0, and together they are 1.
     *
     * @param beginning the words that are known
     * @param chosen how many to choose, positive
     * @param temperature positive; the smaller, the more goes to the nearest
     */
    public double[] weights(WordCounts beginning, int chosen, double temperature) {
        double[] left = centres.distances(embedding.point(beginning));
        double[] weights = new double[left.length];
        double nearest = left[Centres.least(left)];
        double sum = 0;
        for (int i = 0; i < Math.min(chosen, weights.length); i++) {
            int best = Centres.least(left);
            weights[best] = Math.exp((nearest - left[best]) / temperature);
            sum += weights[best];
            left[best] = Double.POSITIVE_INFINITY;
        }
        for (int c = 0; c < weights.length; c++) {
            weights[c] /= sum;
        }
        return weights;
    }
}
