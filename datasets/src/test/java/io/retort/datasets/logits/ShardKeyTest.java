package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardKeyTest {
    private static final ShardOrigin ORIGIN = new ShardOrigin("a".repeat(64), "b".repeat(64), LogitSettings.defaults());

    private static QuarantineRow refused(String document) {
        return new QuarantineRow(
                new ChunkOrigin(document, 0, "math", Split.TRAIN, "c".repeat(64), 0),
                QuarantineReason.TEXT_MISMATCH,
                "");
    }

    /** They have no chunk to tell them apart by, and each needs a file of its own. */
    @Test
    void shardsOfWhichEveryDocumentWasRefusedHaveDifferentNames() {
        ShardKey one = ShardKey.ofRefused(List.of(refused("1"), refused("2")), ORIGIN);
        ShardKey other = ShardKey.ofRefused(List.of(refused("3")), ORIGIN);

        assertThat(one.fileName()).isNotEqualTo(other.fileName());
        assertThat(ShardKey.ofRefused(List.of(refused("1"), refused("2")), ORIGIN))
                .isEqualTo(one);
    }
}
