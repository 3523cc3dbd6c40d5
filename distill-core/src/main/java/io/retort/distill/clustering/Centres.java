package io.retort.distill.clustering;

import java.io.Serializable;

/**
 * Centres of clusters with their prices. A document costs a cluster half its squared distance, 1 − cosine, and the
 * cluster's price: prices of crowded clusters rise until their documents look elsewhere, as in an auction (Bertsekas 1992).
 *
 * @param points of unit length or all zero, {@code [clusters][dimensions]}
 * @param prices a cluster each
 */
public record Centres(double[][] points, double[] prices) implements Serializable {
    /** Centres at which no cluster is dearer than another. */
    public static Centres free(double[][] points) {
        return new Centres(points, new double[points.length]);
    }

    /** How many clusters. */
    public int size() {
        return points.length;
    }

    /** 1 − cosine to each centre, from 0 to 2. */
    public double[] distances(double[] point) {
        double[] distances = new double[points.length];
        for (int c = 0; c < distances.length; c++) {
            distances[c] = 1 - Points.dot(points[c], point);
        }
        return distances;
    }

    /** What each cluster costs. */
    double[] costs(double[] point) {
        double[] costs = distances(point);
        for (int c = 0; c < costs.length; c++) {
            costs[c] += prices[c];
        }
        return costs;
    }

    /** The smallest of some values, of equals the first. */
    static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        return least;
    }
}
