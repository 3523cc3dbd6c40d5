package io.retort.distill.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BalancedKMeansTest {

    private static int[] clusters(Placement placement, List<ClusteredDocument> documents) {
        return documents.stream().mapToInt(placement::cluster).toArray();
    }

    private static long[] sizes(int[] clusters, int count) {
        long[] sizes = new long[count];
        for (int cluster : clusters) {
            sizes[cluster]++;
        }
        return sizes;
    }

    @Test
    void topicsWithWordsOfTheirOwnAreFound() {
        List<ClusteredDocument> documents = GeneratedDocuments.of(240, 4, 1);
        Placement placement = new BalancedKMeans(GeneratedDocuments.settings(4, 1.5)).fit(DocumentPasses.of(documents));

        int[] clusters = clusters(placement, documents);

        Set<Integer> found = new HashSet<>();
        for (int topic = 0; topic < 4; topic++) {
            found.add(clusters[topic]);
            for (int i = topic; i < documents.size(); i += 4) {
                assertThat(clusters[i]).as("document %d", i).isEqualTo(clusters[topic]);
            }
        }
        assertThat(found).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"100, 3, 7, 1", "101, 2, 10, 1", "64, 1, 8, 1.25", "200, 5, 3, 1.1", "9, 2, 9, 1"})
    void noClusterIsLargerThanAsked(int count, int topics, int clusters, double largest) {
        List<ClusteredDocument> documents = GeneratedDocuments.of(count, topics, 2);
        ClusterSettings settings = GeneratedDocuments.settings(clusters, largest);

        int[] found = clusters(new BalancedKMeans(settings).fit(DocumentPasses.of(documents)), documents);

        for (long size : sizes(found, clusters)) {
            assertThat(size).isLessThanOrEqualTo(settings.capacity(count));
        }
    }

    @Test
    void documentsOfTheSameWordsAreDividedToo() {
        List<ClusteredDocument> different = GeneratedDocuments.of(50, 1, 3);
        WordCounts same = different.get(0).whole();
        List<ClusteredDocument> documents = different.stream()
                .map(document -> new ClusteredDocument(document.id(), same, same))
                .toList();

        int[] found = clusters(
                new BalancedKMeans(GeneratedDocuments.settings(5, 1)).fit(DocumentPasses.of(documents)), documents);

        assertThat(sizes(found, 5)).containsOnly(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50})
    void orderAndPartsDecideNothing(int parts) {
        List<ClusteredDocument> documents = GeneratedDocuments.of(120, 5, 4);
        ClusterSettings settings = GeneratedDocuments.settings(6, 1);
        int[] expected = clusters(new BalancedKMeans(settings).fit(DocumentPasses.of(documents)), documents);
        List<ClusteredDocument> shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled, new Random(parts));

        Placement placement = new BalancedKMeans(settings).fit(GeneratedDocuments.inParts(shuffled, parts));

        assertThat(clusters(placement, documents)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void fewerDocumentsThanClustersAreRefused(int count) {
        DocumentPasses documents = DocumentPasses.of(GeneratedDocuments.of(count, 2, 5));

        assertThatThrownBy(() -> new BalancedKMeans(GeneratedDocuments.settings(5, 1)).fit(documents))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("expected at least as many training documents as clusters, found " + count + " for 5");
    }

    @Test
    void drawnGroupsHaveTheSizesAskedFor() {
        List<ClusteredDocument> documents = GeneratedDocuments.of(100, 4, 6);
        long[] sizes = {50, 5, 0, 44, 1};

        Placement whole = Placement.of(DocumentPasses.of(documents), new Drawn(sizes, 3), sizes);
        Placement parted = Placement.of(GeneratedDocuments.inParts(documents, 9), new Drawn(sizes, 3), sizes);

        assertThat(sizes(clusters(whole, documents), 5)).isEqualTo(sizes);
        assertThat(clusters(parted, documents)).isEqualTo(clusters(whole, documents));
        // Topics are spread: of the largest group every topic has some.
        Set<Integer> topics = new HashSet<>();
        int[] found = clusters(whole, documents);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == 0) {
                topics.add(i % 4);
            }
        }
        assertThat(topics).hasSize(4);
    }
}
