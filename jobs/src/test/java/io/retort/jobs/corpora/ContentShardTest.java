package io.retort.jobs.corpora;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.DocumentOutline;
import io.retort.datasets.corpus.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContentShardTest {
    private static final int MEAN = 64;
    private static final int FILE = 500;

    private final SplittableRandom random = new SplittableRandom(7);

    private DocumentOutline document() {
        return new DocumentOutline(random.nextLong(), random.nextLong(), 10 + random.nextInt(90));
    }

    private List<DocumentOutline> documents(int count) {
        List<DocumentOutline> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(document());
        }
        return documents;
    }

    /** The shards of documents that lie in files of {@link #FILE}. */
    private static List<ContentShard> shards(List<DocumentOutline> documents) {
        ContentShard.Cutting cutting = new ContentShard.Cutting("math", Split.TRAIN, ContentCuts.about(MEAN));
        for (int from = 0; from < documents.size(); from += FILE) {
            cutting.add(
                    "part-" + from / FILE,
                    documents.subList(from, Math.min(documents.size(), from + FILE)),
                    outline -> true);
        }
        return cutting.finish();
    }

    private static Set<String> digests(List<ContentShard> shards) {
        Set<String> digests = new HashSet<>();
        shards.forEach(shard -> digests.add(shard.digest()));
        return digests;
    }

    @Test
    void shardsCoverEveryDocumentOnceAndInOrder() {
        List<DocumentOutline> documents = documents(3210);
        long at = 0;
        long bytes = 0;
        for (ContentShard shard : shards(documents)) {
            assertThat(shard.documents().firstDocument()).isEqualTo(at);
            for (DocumentShard.Part part : shard.documents().parts()) {
                assertThat(part.path()).isEqualTo("part-" + at / FILE);
                assertThat(part.from()).isEqualTo(at % FILE);
                at += part.count();
            }
            bytes += shard.textBytes();
        }
        assertThat(at).isEqualTo(documents.size());
        assertThat(bytes)
                .isEqualTo(
                        documents.stream().mapToLong(DocumentOutline::textBytes).sum());
    }

    @Test
    void shardsHoldFromHalfToTwiceTheDocumentsAskedForAndAboutAsManyOnAverage() {
        List<ContentShard> shards = shards(documents(64_000));

        assertThat(shards.subList(0, shards.size() - 1))
                .allSatisfy(shard -> assertThat(shard.documents().documents()).isBetween(MEAN / 2L, 2L * MEAN));
        assertThat(64_000.0 / shards.size()).isBetween(0.85 * MEAN, 1.15 * MEAN);
    }

    @Test
    void appendedDocumentsChangeNoShardButTheLast() {
        List<DocumentOutline> documents = documents(2000);
        List<ContentShard> before = shards(documents);
        documents.addAll(documents(500));

        List<ContentShard> after = shards(documents);

        assertThat(digests(after)).containsAll(digests(before.subList(0, before.size() - 1)));
    }

    @Test
    void anInsertedOrRemovedDocumentChangesItsNeighbourhoodOnly() {
        List<DocumentOutline> documents = documents(6400);
        Set<String> before = digests(shards(documents));
        for (int at = 0; at < 6400; at += 640) {
            List<DocumentOutline> more = new ArrayList<>(documents);
            more.add(at, document());
            List<DocumentOutline> fewer = new ArrayList<>(documents);
            fewer.remove(at);
            for (List<DocumentOutline> changed : List.of(more, fewer)) {
                Set<String> after = digests(shards(changed));
                after.removeAll(before);
                assertThat(after).hasSizeBetween(1, 12);
            }
        }
    }

    @Test
    void shardsOfOneDocumentArePossible() {
        ContentShard.Cutting cutting = new ContentShard.Cutting("math", Split.TRAIN, ContentCuts.about(1));
        cutting.add("part", documents(40), outline -> true);

        assertThat(cutting.finish()).hasSize(40);
    }
}
