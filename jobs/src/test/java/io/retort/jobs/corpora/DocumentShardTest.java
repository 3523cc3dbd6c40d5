package io.retort.jobs.corpora;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.CorpusManifest.TaskCount;
import io.retort.datasets.corpus.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentShardTest {
    private static final String DIGEST = "0".repeat(64);

    private static CorpusManifest corpus(long... documents) {
        List<CorpusFile> files = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < documents.length; i++) {
            files.add(new CorpusFile("part-" + i, "math", Split.TRAIN, documents[i], 1, DIGEST));
            total += documents[i];
        }
        return new CorpusManifest(
                CorpusManifest.FORMAT_VERSION,
                "0123456789abcdef",
                List.of(),
                List.of(new TaskCount("math", Split.TRAIN, "sum", total, 1, 1)),
                files,
                new TreeMap<>(),
                List.of());
    }

    /** Every document of every file, once and in order, however the files are cut. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 10, 100})
    void shardsCoverEveryDocumentOnceAndInOrder(int size) {
        List<DocumentShard> shards = DocumentShard.of(corpus(5, 1, 4), List.of(Split.TRAIN), size);

        List<String> covered = new ArrayList<>();
        for (DocumentShard shard : shards) {
            assertThat(shard.firstDocument()).isEqualTo(covered.size());
            for (DocumentShard.Part part : shard.parts()) {
                for (long i = 0; i < part.count(); i++) {
                    covered.add(part.path() + ":" + (part.from() + i));
                }
            }
        }
        assertThat(covered)
                .containsExactly(
                        "part-0:0",
                        "part-0:1",
                        "part-0:2",
                        "part-0:3",
                        "part-0:4",
                        "part-1:0",
                        "part-2:0",
                        "part-2:1",
                        "part-2:2",
                        "part-2:3");
        assertThat(shards).hasSize((10 + size - 1) / size);
        assertThat(shards.subList(0, shards.size() - 1))
                .allSatisfy(shard -> assertThat(shard.documents()).isEqualTo(size));
    }

    @Test
    void aSplitWithoutDocumentsHasNoShards() {
        assertThat(DocumentShard.of(corpus(5), List.of(Split.TEST), 3)).isEmpty();
    }
}
