package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LogitShardTest {
    private static final LogitSettings SETTINGS = LogitSettings.defaults();
    private static final ShardOrigin ORIGIN = new ShardOrigin("a".repeat(64), "b".repeat(64), SETTINGS);
    private static final List<Chunk> CHUNKS = new ArrayList<>();
    private static final List<LogitRow> ROWS = new ArrayList<>();

    @BeforeAll
    static void scoreSomeDocuments() {
        ByteTokenizer tokenizer = new ByteTokenizer();
        Chunker chunker = new Chunker(20, 5);
        for (int i = 0; i < 12; i++) {
            Document document = Document.of(
                    "math", "sums", "What is " + i + " + " + i + "?\n", "The sum is " + 2 * i + ".", List.of());
            for (Chunk chunk : chunker.chunks(TokenisedDocument.of(document, tokenizer))) {
                CHUNKS.add(chunk);
                ROWS.add(((RowOutcome.Scored) RandomTeacher.score(chunk, SETTINGS, 258)).row());
            }
        }
    }

    @Test
    void rowsComeBackAsTheyWereWritten() {
        EncodedShard shard = shard(ROWS);

        List<LogitRow> read = LogitShardReader.rows(shard.file(), "shard");

        assertThat(read).usingRecursiveComparison().isEqualTo(ROWS);
        assertThat(read.stream().map(LogitRow::digest))
                .isEqualTo(ROWS.stream().map(LogitRow::digest).toList());
        assertThat(shard.summary().rows()).isEqualTo(CHUNKS.size());
        assertThat(ShardVerification.verifyRows(
                        shard.file(), "shard", shard.summary().key()))
                .isEqualTo(shard.summary());
    }

    @Test
    void theSameRowsGiveTheSameFile() {
        assertThat(shard(ROWS).file()).isEqualTo(shard(new ArrayList<>(ROWS)).file());
    }

    static EncodedShard shard(List<LogitRow> rows) {
        LogitShardWriter writer = new LogitShardWriter(ShardKey.of(CHUNKS, ORIGIN), ORIGIN);
        rows.forEach(writer::add);
        return writer.finish();
    }
}
