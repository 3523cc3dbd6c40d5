package io.retort.distill.clustering;

/** Sums of the points of documents' beginnings, a cluster each. */
final class Beginnings implements Totals<Beginnings> {
    private final Embedding embedding;
    private final Placement placement;
    private final long[][] sums; // [clusters][dimensions]

    Beginnings(Embedding embedding, Placement placement, int clusters) {
        this.embedding = embedding;
        this.placement = placement;
        this.sums = new long[clusters][embedding.dimensions()];
    }

    @Override
    public void add(ClusteredDocument document) {
        double[] point = embedding.point(document.beginning());
        long[] sum = sums[placement.cluster(document)];
        for (int d = 0; d < sum.length; d++) {
            sum[d] += Points.steps(point[d]);
        }
    }

    @Override
    public Beginnings merge(Beginnings other) {
        for (int c = 0; c < sums.length; c++) {
            for (int d = 0; d < sums[c].length; d++) {
                sums[c][d] += other.sums[c][d];
            }
        }
        return this;
    }

    /** Their directions; the origin for a cluster without documents. */
    double[][] means() {
        double[][] means = new double[sums.length][];
        for (int c = 0; c < means.length; c++) {
            means[c] = Points.direction(sums[c]);
        }
        return means;
    }
}
