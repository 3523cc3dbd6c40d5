package io.retort.distill.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatentSemanticsTest {
    private static final int DIMENSIONS = 3;

    @Test
    void theProjectionIsOrthonormalAndSpansTheLeadingDirections() {
        List<ClusteredDocument> documents = GeneratedDocuments.of(90, DIMENSIONS, 8);
        DocumentPasses passes = DocumentPasses.of(documents);
        float[] inverse = passes.over(() -> new DocumentFrequencies(GeneratedDocuments.BUCKETS))
                .inverse();

        Embedding embedding = LatentSemantics.embedding(passes, inverse, DIMENSIONS, 1);

        for (int a = 0; a < DIMENSIONS; a++) {
            for (int b = 0; b <= a; b++) {
                assertThat(product(embedding, a, b)).isCloseTo(a == b ? 1 : 0, within(1e-5));
            }
        }
        // Another start ends in the same subspace: what is projected keeps its length.
        Embedding other = LatentSemantics.embedding(passes, inverse, DIMENSIONS, 2);
        for (ClusteredDocument document : documents) {
            assertThat(length(other, document)).isCloseTo(length(embedding, document), within(0.02));
        }
    }

    private static double product(Embedding embedding, int a, int b) {
        double sum = 0;
        for (int bucket = 0; bucket < embedding.buckets(); bucket++) {
            sum += embedding.projection()[bucket * DIMENSIONS + a] * embedding.projection()[bucket * DIMENSIONS + b];
        }
        return sum;
    }

    private static double length(Embedding embedding, ClusteredDocument document) {
        double[] point = embedding.projected(document.whole(), embedding.weights(document.whole()));
        return Math.sqrt(Points.dot(point, point));
    }

    @Test
    void wordsAreRunsOfLettersAndDigitsWhateverTheirCase() {
        WordCounts first = WordCounts.of("Say 12 words, say".getBytes(StandardCharsets.UTF_8), 1 << 20);
        WordCounts second = WordCounts.of("SAY  12 WORDS , SAY".getBytes(StandardCharsets.UTF_8), 1 << 20);

        assertThat(second.buckets()).isEqualTo(first.buckets());
        // say, 12, words, a comma; say-12, 12-words, words-comma, comma-say
        assertThat(first.buckets()).hasSize(8).isSorted();
        assertThat(first.values()).containsOnlyOnce((float) (1 + Math.log(2)));
    }
}
