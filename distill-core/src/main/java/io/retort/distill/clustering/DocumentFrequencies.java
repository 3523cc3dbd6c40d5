package io.retort.distill.clustering;

/** In how many documents each bucket occurs. */
final class DocumentFrequencies implements Totals<DocumentFrequencies> {
    private final long[] occurrences;
    private long documents;

    DocumentFrequencies(int buckets) {
        occurrences = new long[buckets];
    }

    @Override
    public void add(ClusteredDocument document) {
        for (int bucket : document.whole().buckets()) {
            occurrences[bucket]++;
        }
        documents++;
    }

    @Override
    public DocumentFrequencies merge(DocumentFrequencies other) {
        for (int i = 0; i < occurrences.length; i++) {
            occurrences[i] += other.occurrences[i];
        }
        documents += other.documents;
        return this;
    }

    long documents() {
        return documents;
    }

    /** ln((1 + documents) / (1 + occurrences)), a bucket each: what is in every document says nothing. */
    float[] inverse() {
        float[] inverse = new float[occurrences.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = (float) StrictMath.log((1.0 + documents) / (1.0 + occurrences[i]));
        }
        return inverse;
    }
}
