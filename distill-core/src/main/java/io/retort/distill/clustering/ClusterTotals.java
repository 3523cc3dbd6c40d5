package io.retort.distill.clustering;

/** How many documents lie nearest to each centre, prices included, and the sums of their points. */
final class ClusterTotals implements Totals<ClusterTotals> {
    private final Embedding embedding;
    private final Centres centres;
    private final long[] documents;
    private final long[][] sums; // [clusters][dimensions]

    ClusterTotals(Embedding embedding, Centres centres) {
        this.embedding = embedding;
        this.centres = centres;
        this.documents = new long[centres.size()];
        this.sums = new long[centres.size()][embedding.dimensions()];
    }

    @Override
    public void add(ClusteredDocument document) {
        double[] point = embedding.point(document.whole());
        add(Centres.least(centres.costs(point)), point);
    }

    private void add(int cluster, double[] point) {
        documents[cluster]++;
        for (int d = 0; d < point.length; d++) {
            sums[cluster][d] += Points.steps(point[d]);
        }
    }

    @Override
    public ClusterTotals merge(ClusterTotals other) {
        for (int c = 0; c < documents.length; c++) {
            documents[c] += other.documents[c];
            for (int d = 0; d < sums[c].length; d++) {
                sums[c][d] += other.sums[c][d];
            }
        }
        return this;
    }

    long[] documents() {
        return documents.clone();
    }

    /** The mean directions of the clusters; one without documents stays where it was. */
    double[][] means() {
        double[][] means = new double[documents.length][];
        for (int c = 0; c < means.length; c++) {
            means[c] = documents[c] == 0 ? centres.points()[c].clone() : Points.direction(sums[c]);
        }
        return means;
    }
}
