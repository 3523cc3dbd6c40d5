package io.retort.distill.clustering;

import io.retort.distill.clustering.ClusteredDocument.Id;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Documents of topics that have words of their own; document i is of topic i modulo the number of topics. */
final class GeneratedDocuments {
    static final int BUCKETS = 512;

    private GeneratedDocuments() {}

    static List<ClusteredDocument> of(int count, int topics, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ClusteredDocument> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 30; word++) {
                text.append(
                                random.nextInt(5) == 0
                                        ? "common" + random.nextInt(10)
                                        : "t" + i % topics + "w" + random.nextInt(8))
                        .append(' ');
            }
            byte[] whole = text.toString().getBytes(StandardCharsets.UTF_8);
            byte[] beginning = text.substring(0, text.length() / 3).getBytes(StandardCharsets.UTF_8);
            documents.add(new ClusteredDocument(
                    new Id(random.nextLong(), random.nextLong()),
                    WordCounts.of(whole, BUCKETS),
                    WordCounts.of(beginning, BUCKETS)));
        }
        return documents;
    }

    static ClusterSettings settings(int clusters, double largest) {
        return new ClusterSettings(clusters, BUCKETS, 8, 10, largest, 7);
    }

    /** The same documents, cut into parts whose totals are merged. */
    static DocumentPasses inParts(List<ClusteredDocument> documents, int parts) {
        return new DocumentPasses() {
            @Override
            public <T extends Totals<T>> T over(Empty<T> empty) {
                T merged = empty.get();
                for (int part = 0; part < parts; part++) {
                    T totals = empty.get();
                    for (int i = part; i < documents.size(); i += parts) {
                        totals.add(documents.get(i));
                    }
                    merged = totals.merge(merged);
                }
                return merged;
            }
        };
    }
}
