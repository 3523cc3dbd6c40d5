package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogitShardTest {
    private static final LogitSettings SETTINGS = LogitSettings.defaults();
    private static final ShardOrigin ORIGIN = new ShardOrigin("a".repeat(64), "b".repeat(64), SETTINGS);
    private static final int VOCABULARY = 258;
    private static final List<Chunk> CHUNKS = new ArrayList<>();
    private static final List<LogitRow> ROWS = new ArrayList<>();

    @TempDir
    private Path directory;

    @BeforeAll
    static void scoreSomeDocuments() {
        ByteTokenizer tokenizer = new ByteTokenizer();
        Chunker chunker = new Chunker(16, 5);
        for (int i = 0; i < 12; i++) {
            Document document = Document.of(
                    "math", "sums", "What is " + i + " + " + i + "?\n", "The sum is " + 2 * i + ".", List.of());
            CHUNKS.addAll(chunker.chunks(TokenisedDocument.of(document, tokenizer)));
        }
        CHUNKS.forEach(chunk -> ROWS.add(row(chunk)));
    }

    private static LogitRow row(Chunk chunk) {
        return ((RowOutcome.Scored) RandomTeacher.score(chunk, SETTINGS, VOCABULARY)).row();
    }

    @Test
    void rowsComeBackAsTheyWereWritten() {
        EncodedShard shard = shard(ROWS);

        List<LogitRow> read = LogitShardReader.rows(shard.file(), "shard");

        assertThat(read).usingRecursiveComparison().isEqualTo(ROWS);
        assertThat(read.stream().map(LogitRow::digest))
                .isEqualTo(ROWS.stream().map(LogitRow::digest).toList());
        assertThat(ShardVerification.verifyRows(
                        shard.file(), "shard", shard.summary().key()))
                .isEqualTo(shard.summary());
    }

    @Test
    void theSummaryCountsRowsTokensAndBytesOfText() {
        ShardSummary summary = shard(ROWS).summary();

        assertThat(summary.rows()).isEqualTo(36);
        // What is 0 + 0?\nThe sum is 0. has 28 bytes; two digits come twice from 10 on, and once in the sum from 5 on.
        assertThat(summary.textBytes()).isEqualTo(12 * 28 + 2 * 2 + 7);
        assertThat(summary.tokens()).isEqualTo(summary.textBytes() + 12);
    }

    @Test
    void documentsComeBackWithAllTheirRows() {
        List<DocumentRows> documents = new ArrayList<>();
        try (LogitShardReader reader = LogitShardReader.open(shard(ROWS).file(), "shard")) {
            assertThat(reader.origin()).isEqualTo(ORIGIN);
            for (Optional<DocumentRows> next = reader.nextDocument(); next.isPresent(); next = reader.nextDocument()) {
                documents.add(next.get());
            }
        }

        assertThat(documents).hasSize(12).allSatisfy(document -> {
            assertThat(document.rows()).hasSize(3);
            assertThat(document.fault(new ByteTokenizer())).isEmpty();
        });
        DocumentRows gap = new DocumentRows(List.of(ROWS.get(0), ROWS.get(2)));
        assertThat(gap.fault(new ByteTokenizer()))
                .hasValueSatisfying(fault -> assertThat(fault).contains("expected chunk 1, found"));
    }

    @Test
    void aShardsBytesDoNotDependOnHowItsRowsCameAbout() throws Exception {
        byte[] expected = shard(ROWS).file();

        List<Integer> order =
                new ArrayList<>(IntStream.range(0, CHUNKS.size()).boxed().toList());
        Collections.shuffle(order, new Random(5));
        LogitRow[] rows = new LogitRow[CHUNKS.size()];
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int index : order) {
                tasks.add(() -> {
                    rows[index] = row(CHUNKS.get(index));
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
            Future<byte[]> elsewhere =
                    threads.submit(() -> shard(Arrays.asList(rows)).file());
            assertThat(elsewhere.get()).isEqualTo(expected);
        } finally {
            threads.shutdownNow();
        }
        // Once through a file and back.
        assertThat(shard(LogitShardReader.rows(expected, "shard")).file()).isEqualTo(expected);
    }

    @Test
    void aShardCutOffAnywhereIsRefused() {
        byte[] whole = shard(ROWS).file();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> LogitShardReader.open(cut, "shard"))
                    .as("the first %s of %s bytes", length, whole.length)
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageStartingWith("shard: expected");
        }
    }

    @Test
    void aShardWithAnyFlippedBitIsRefused() {
        byte[] whole = shard(ROWS.subList(0, 2)).file();
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << at % 8);
            assertThatThrownBy(() -> LogitShardReader.open(changed, "shard"))
                    .as("bit %s of byte %s of %s", at % 8, at, whole.length)
                    .isInstanceOf(InvalidDataException.class);
        }
    }

    @Test
    void aFileWithAGoodSealAndOtherContentIsRefused() {
        byte[] whole = shard(ROWS).file();
        int refused = 0;
        for (int at = 4; at < whole.length; at += 37) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            try {
                FileSeal.seal(reset(changed));
                ShardVerification.verifyRows(changed, "shard", ShardKey.of(CHUNKS, ORIGIN));
            } catch (InvalidDataException e) {
                refused++; // any other exception fails the test
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 37 * 3 / 4);
    }

    /** The file with zeros in the place of its digest. */
    private static byte[] reset(byte[] file) {
        String digest = shard(ROWS).summary().fileDigest();
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(digest);
        if (at >= 0) {
            Arrays.fill(file, at, at + 64, (byte) '0');
        }
        return file;
    }

    @Test
    void theShardOfAnotherKeyIsRefused() {
        EncodedShard shard = shard(ROWS);
        ShardKey other = ShardKey.of(CHUNKS.subList(1, 36), ORIGIN);

        assertThatThrownBy(() -> ShardVerification.verify(shard.file(), "shard", other))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("expected the shard " + other.digest());
    }

    @Test
    void theKeyDependsOnChunksTheirOrderTeacherTokenizerAndSettings() {
        List<Chunk> reversed = new ArrayList<>(CHUNKS);
        Collections.reverse(reversed);
        LogitSettings settings = new LogitSettings(new EntrySelection.MostLikely(0.995, 4, 63), 9);

        assertThat(List.of(
                        ShardKey.of(CHUNKS, ORIGIN),
                        ShardKey.of(reversed, ORIGIN),
                        ShardKey.of(CHUNKS, new ShardOrigin("c".repeat(64), "b".repeat(64), SETTINGS)),
                        ShardKey.of(CHUNKS, new ShardOrigin("a".repeat(64), "c".repeat(64), SETTINGS)),
                        ShardKey.of(CHUNKS, new ShardOrigin("a".repeat(64), "b".repeat(64), settings))))
                .doesNotHaveDuplicates();
        assertThat(ShardKey.of(new ArrayList<>(CHUNKS), ORIGIN)).isEqualTo(ShardKey.of(CHUNKS, ORIGIN));
    }

    @Test
    void duckDbReadsTheShardAndSumsTheSame() throws Exception {
        Path file = directory.resolve("shard.parquet");
        Files.write(file, shard(ROWS).file());

        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            ResultSet sums = statement.executeQuery("SELECT sum(list_sum(list_transform(logprobs, x -> x::DOUBLE))), "
                    + "sum(list_sum(list_transform(tail_mass, x -> x::DOUBLE))), "
                    + "sum(list_sum(list_transform(top_logprobs, x -> exp(x / -16.0)))), "
                    + "sum(list_sum(top_counts)), sum(list_sum(top_ids)), sum(list_sum(token_ids)), "
                    + "sum(list_sum(byte_offsets)) FROM '" + file + "'");
            assertThat(sums.next()).isTrue();
            assertThat(sums.getDouble(1)).isCloseTo(sum(LogitShardTest::logProbabilities), within(1e-6));
            assertThat(sums.getDouble(2)).isCloseTo(sum(LogitShardTest::tailMass), within(1e-9));
            assertThat(sums.getDouble(3)).isCloseTo(sum(LogitShardTest::storedMass), within(1e-6));
            assertThat(sums.getDouble(4)).isEqualTo(sum(row -> row.entries().ids().length));
            assertThat(sums.getDouble(5))
                    .isEqualTo(sum(row -> Arrays.stream(row.entries().ids()).sum()));
            assertThat(sums.getDouble(6))
                    .isEqualTo(sum(row -> Arrays.stream(row.tokenIds()).sum()));
            assertThat(sums.getDouble(7))
                    .isEqualTo(sum(row -> Arrays.stream(row.byteOffsets()).sum()));
        }
    }

    private static double sum(ToDoubleFunction<LogitRow> value) {
        return ROWS.stream().mapToDouble(value).sum();
    }

    private static double logProbabilities(LogitRow row) {
        double sum = 0;
        for (float value : row.logProbabilities()) {
            sum += value;
        }
        return sum;
    }

    private static double tailMass(LogitRow row) {
        double sum = 0;
        for (float value : row.entries().tailMass()) {
            sum += value;
        }
        return sum;
    }

    private static double storedMass(LogitRow row) {
        double sum = 0;
        for (byte code : row.entries().codes()) {
            sum += Math.exp(-(code & 0xFF) / 16.0);
        }
        return sum;
    }

    @Test
    void duckDbReadsTextsTypesAndTheFooter() throws Exception {
        Path file = directory.resolve("shard.parquet");
        Files.write(file, shard(ROWS).file());

        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            ResultSet row =
                    statement.executeQuery("SELECT document_id, chunk, domain, split, text_digest, prompt_bytes, "
                            + "typeof(top_logprobs), typeof(top_counts), typeof(logprobs) FROM '" + file
                            + "' WHERE chunk = 1 ORDER BY prompt_bytes DESC, document_id LIMIT 1");
            assertThat(row.next()).isTrue();
            ChunkOrigin expected = ROWS.stream()
                    .map(LogitRow::origin)
                    .filter(origin -> origin.chunk() == 1)
                    .max(Comparator.comparing(ChunkOrigin::promptBytes)
                            .thenComparing(ChunkOrigin::documentId, Comparator.reverseOrder()))
                    .orElseThrow();
            assertThat(new ChunkOrigin(
                            row.getString(1),
                            row.getInt(2),
                            row.getString(3),
                            Split.labelled(row.getString(4)),
                            row.getString(5),
                            row.getInt(6)))
                    .isEqualTo(expected);
            assertThat(List.of(row.getString(7), row.getString(8), row.getString(9)))
                    .containsExactly("UTINYINT[]", "UTINYINT[]", "FLOAT[]");
            ResultSet footer = statement.executeQuery("SELECT decode(value) FROM parquet_kv_metadata('" + file
                    + "') WHERE decode(key) IN ('retort.rows', 'retort.selection') ORDER BY decode(key)");
            assertThat(footer.next()).isTrue();
            assertThat(footer.getString(1)).isEqualTo("36");
            assertThat(footer.next()).isTrue();
            assertThat(footer.getString(1)).isEqualTo("most-likely 0.999 4 128");
        }
    }

    @Test
    void quarantinedChunksAreCountedInTheFooter() {
        LogitShardWriter writer = new LogitShardWriter(ShardKey.of(CHUNKS, ORIGIN), ORIGIN);
        ROWS.subList(0, 10).forEach(writer::add);
        QuarantineRow row = new QuarantineRow(CHUNKS.get(10).origin(), QuarantineReason.NOT_FINITE, "NaN");
        writer.count(row);
        writer.count(row);
        writer.count(new QuarantineRow(CHUNKS.get(11).origin(), QuarantineReason.TEACHER_REFUSED, "400"));
        EncodedShard shard = writer.finish();

        assertThat(ShardVerification.verify(
                                shard.file(), "shard", shard.summary().key())
                        .quarantined())
                .isEqualTo(Map.of(QuarantineReason.NOT_FINITE, 2, QuarantineReason.TEACHER_REFUSED, 1));
    }

    @Test
    void quarantinedRowsComeBackAsTheyWereWritten() {
        List<QuarantineRow> rows = List.of(
                new QuarantineRow(CHUNKS.get(0).origin(), QuarantineReason.TEXT_MISMATCH, "expected é, found e"),
                new QuarantineRow(CHUNKS.get(5).origin(), QuarantineReason.TEACHER_REFUSED, ""));

        byte[] file = QuarantineFile.write(rows);

        assertThat(QuarantineFile.read(file, "quarantine")).isEqualTo(rows);
        assertThat(QuarantineFile.write(rows)).isEqualTo(file);
        assertThatThrownBy(() -> QuarantineFile.read(Arrays.copyOf(file, file.length - 9), "quarantine"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("quarantine: expected quarantine rows");
    }

    private static EncodedShard shard(List<LogitRow> rows) {
        LogitShardWriter writer = new LogitShardWriter(ShardKey.of(CHUNKS, ORIGIN), ORIGIN);
        rows.forEach(writer::add);
        return writer.finish();
    }
}
