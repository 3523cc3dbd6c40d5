package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Beginning;
import io.retort.datasets.corpus.Document;
import io.retort.distill.clustering.ClusteredDocument;
import io.retort.distill.clustering.WordCounts;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * Counts a document's words, and those of what a router sees of it.
 *
 * @param beginningBytes of a text without a prompt that are seen, at most
 * @param buckets that words are hashed into
 */
record DocumentWords(int beginningBytes, int buckets) implements Serializable {
    ClusteredDocument of(Document document) {
        return new ClusteredDocument(
                ClusteredDocument.Id.of(document.id()),
                WordCounts.of(document.text().getBytes(StandardCharsets.UTF_8), buckets),
                WordCounts.of(Beginning.of(document, beginningBytes).seen(), buckets));
    }
}
