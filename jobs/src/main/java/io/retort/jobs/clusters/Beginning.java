package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Document;
import io.retort.distill.clustering.ClusteredDocument;
import io.retort.distill.clustering.WordCounts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a router sees of a document, and what is to be predicted.
 *
 * @param seen the prompt; of a text without one its first bytes, at most half of them
 * @param rest everything behind it
 */
record Beginning(byte[] seen, byte[] rest) {
    static Beginning of(Document document, int bytes) {
        byte[] answer = document.answer().getBytes(StandardCharsets.UTF_8);
        if (!document.prompt().isEmpty()) {
            return new Beginning(document.prompt().getBytes(StandardCharsets.UTF_8), answer);
        }
        int seen = Math.min(bytes, answer.length / 2);
        return new Beginning(Arrays.copyOf(answer, seen), Arrays.copyOfRange(answer, seen, answer.length));
    }

    /** The words of a document, for clustering. */
    static ClusteredDocument words(Document document, int bytes, int buckets) {
        return new ClusteredDocument(
                ClusteredDocument.Id.of(document.id()),
                WordCounts.of(document.text().getBytes(StandardCharsets.UTF_8), buckets),
                WordCounts.of(of(document, bytes).seen(), buckets));
    }
}
