package io.retort.distill.clustering;

import io.retort.distill.clustering.Admission.Request;

/** How many documents that no earlier round has placed ask each open cluster. */
final class Requests implements Totals<Requests> {
    private final DocumentCosts costs;
    private final Admission before;
    private final boolean[] open;
    private final long[] documents;

    Requests(DocumentCosts costs, Admission before, boolean[] open) {
        this.costs = costs;
        this.before = before;
        this.open = open;
        this.documents = new long[open.length];
    }

    @Override
    public void add(ClusteredDocument document) {
        double[] own = costs.of(document);
        if (before.admitted(own, document.id()).isEmpty()) {
            documents[Request.of(own, open, document.id()).cluster()]++;
        }
    }

    @Override
    public Requests merge(Requests other) {
        for (int c = 0; c < documents.length; c++) {
            documents[c] += other.documents[c];
        }
        return this;
    }

    long[] documents() {
        return documents.clone();
    }
}
