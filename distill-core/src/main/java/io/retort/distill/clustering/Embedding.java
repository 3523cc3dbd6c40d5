package io.retort.distill.clustering;

import java.io.Serializable;

/**
 * Words as points: tf-idf of unit length, projected onto some dimensions and brought to unit length again. Immutable; the
 * arrays are not copied.
 *
 * @param inverseFrequencies idf, a bucket each
 * @param dimensions of the points
 * @param projection {@code [buckets, dimensions]}
 */
public record Embedding(float[] inverseFrequencies, int dimensions, float[] projection) implements Serializable {
    public Embedding {
        if (projection.length != inverseFrequencies.length * dimensions) {
            throw new IllegalArgumentException("expected a projection of " + inverseFrequencies.length + " × "
                    + dimensions + " numbers, found " + projection.length);
        }
    }

    /** How many buckets words are hashed into. */
    public int buckets() {
        return inverseFrequencies.length;
    }

    /** tf-idf at the buckets of the words, of unit length, or all zero. */
    float[] weights(WordCounts words) {
        float[] weights = new float[words.buckets().length];
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = words.values()[i] * inverseFrequencies[words.buckets()[i]];
            squares += (double) weights[i] * weights[i];
        }
        float factor = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= factor;
        }
        return weights;
    }

    /** xQ before it is brought to unit length, {@code [dimensions]}. */
    double[] projected(WordCounts words, float[] weights) {
        double[] point = new double[dimensions];
        for (int i = 0; i < weights.length; i++) {
            int row = words.buckets()[i] * dimensions;
            for (int d = 0; d < dimensions; d++) {
                point[d] += weights[i] * projection[row + d];
            }
        }
        return point;
    }

    /** The point of some words, {@code [dimensions]}; all zero where nothing is known of any of them. */
    public double[] point(WordCounts words) {
        return Points.unit(projected(words, weights(words)));
    }
}
