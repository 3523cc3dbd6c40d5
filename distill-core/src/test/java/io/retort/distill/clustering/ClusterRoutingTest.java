package io.retort.distill.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterRoutingTest {
    private static final int TOPICS = 4;
    private final List<ClusteredDocument> documents = GeneratedDocuments.of(240, TOPICS, 1);
    private final Placement placement =
            new BalancedKMeans(GeneratedDocuments.settings(TOPICS, 1.5)).fit(DocumentPasses.of(documents));
    private final ClusterRouting routing = ClusterRouting.of(
            DocumentPasses.of(documents), ((NearCentres) placement.costs()).embedding(), placement, TOPICS);

    @Test
    void aBeginningIsSentToTheClusterOfItsTopic() {
        for (ClusteredDocument document : GeneratedDocuments.of(40, TOPICS, 2)) {
            ClusteredDocument like = new ClusteredDocument(document.id(), document.whole(), document.beginning());
            assertThat(routing.nearest(document.beginning())).isEqualTo(placement.cluster(like));
        }
    }

    @Test
    void weightsAreASoftmaxOverTheNearest() {
        WordCounts beginning = documents.get(0).beginning();
        double[] distances = routing.centres().distances(routing.embedding().point(beginning));
        double[] sorted = distances.clone();
        Arrays.sort(sorted);

        double[] weights = routing.weights(beginning, 2, 0.5);

        double first = Math.exp(-sorted[0] / 0.5);
        double second = Math.exp(-sorted[1] / 0.5);
        for (int c = 0; c < TOPICS; c++) {
            double expected = distances[c] > sorted[1] ? 0 : Math.exp(-distances[c] / 0.5) / (first + second);
            assertThat(weights[c]).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void aBeginningOfUnknownWordsIsStillSentSomewhere() {
        double[] weights = routing.weights(WordCounts.of(new byte[0], GeneratedDocuments.BUCKETS), 3, 0.01);

        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
        assertThat(Arrays.stream(weights).filter(weight -> weight > 0).count()).isEqualTo(3);
    }
}
