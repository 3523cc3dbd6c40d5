package io.retort.distill.clustering;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Finds the dimensions in which documents differ most: the leading right singular vectors of the matrix of their tf-idf
 * ("Indexing by Latent Semantic Analysis", Deerwester et al. 1990), by orthogonal iteration from random vectors ("Finding
 * structure with randomness", Halko, Martinsson and Tropp 2011, algorithm 4.4).
 */
final class LatentSemantics {
    private static final int ITERATIONS = 6;

    private LatentSemantics() {}

    static Embedding embedding(DocumentPasses documents, float[] inverse, int dimensions, long seed) {
        double[] basis = new double[inverse.length * dimensions];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < basis.length; i++) {
            basis[i] = random.nextDouble() - 0.5;
        }
        Embedding embedding = new Embedding(inverse, dimensions, orthonormal(basis, dimensions));
        for (int i = 0; i < ITERATIONS; i++) {
            Embedding now = embedding;
            SubspaceTotals totals = documents.over(() -> new SubspaceTotals(now));
            embedding = new Embedding(inverse, dimensions, orthonormal(totals.values(), dimensions));
        }
        return embedding;
    }

    /** Columns made orthonormal by Gram–Schmidt, twice for the sake of rounding; what is left of nothing stays zero. */
    private static float[] orthonormal(double[] basis, int dimensions) {
        int rows = basis.length / dimensions;
        double[][] columns = new double[dimensions][rows];
        for (int d = 0; d < dimensions; d++) {
            for (int r = 0; r < rows; r++) {
                columns[d][r] = basis[r * dimensions + d];
            }
            double before = Points.dot(columns[d], columns[d]);
            for (int pass = 0; pass < 2; pass++) {
                for (int e = 0; e < d; e++) {
                    double along = Points.dot(columns[d], columns[e]);
                    for (int r = 0; r < rows; r++) {
                        columns[d][r] -= along * columns[e][r];
                    }
                }
            }
            if (Points.dot(columns[d], columns[d]) <= 1e-20 * before) {
                Arrays.fill(columns[d], 0);
            }
            Points.unit(columns[d]);
        }
        float[] orthonormal = new float[basis.length];
        for (int d = 0; d < dimensions; d++) {
            for (int r = 0; r < rows; r++) {
                orthonormal[r * dimensions + d] = (float) columns[d][r];
            }
        }
        return orthonormal;
    }
}
