package io.retort.distill.clustering;

/** Σ xᵀ (x Q) over documents' tf-idf x: one step of orthogonal iteration on the Gram matrix. */
final class SubspaceTotals implements Totals<SubspaceTotals> {
    private final Embedding embedding;
    private final long[] sums; // [buckets, dimensions]

    SubspaceTotals(Embedding embedding) {
        this.embedding = embedding;
        this.sums = new long[embedding.projection().length];
    }

    @Override
    public void add(ClusteredDocument document) {
        float[] weights = embedding.weights(document.whole());
        double[] point = embedding.projected(document.whole(), weights);
        for (int i = 0; i < weights.length; i++) {
            int row = document.whole().buckets()[i] * point.length;
            for (int d = 0; d < point.length; d++) {
                sums[row + d] += Points.steps(weights[i] * point[d]);
            }
        }
    }

    @Override
    public SubspaceTotals merge(SubspaceTotals other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        return this;
    }

    double[] values() {
        double[] values = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            values[i] = Points.coordinate(sums[i]);
        }
        return values;
    }
}
