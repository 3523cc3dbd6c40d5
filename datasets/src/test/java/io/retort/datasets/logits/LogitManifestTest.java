package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogitManifestTest {
    private static final ShardOrigin ORIGIN = new ShardOrigin("a".repeat(64), "b".repeat(64), LogitSettings.defaults());
    private static final ManifestShard MATH = shard("domain=math/shard-1.parquet", "1", 10);
    private static final ManifestShard CODING = shard("domain=coding/shard-2.parquet", "2", 20);
    private static final LogitManifest MANIFEST = manifest(List.of(MATH, CODING), new TeachingCost(300, 1.5, 7));

    private static ManifestShard shard(String path, String digit, int rows) {
        return new ManifestShard(
                path,
                new ShardSummary(
                        new ShardKey(digit.repeat(64)),
                        rows,
                        rows * 5L,
                        rows * 20L,
                        Map.of(QuarantineReason.NOT_FINITE, 2),
                        digit.repeat(64),
                        "f".repeat(64),
                        1000));
    }

    private static LogitManifest manifest(List<ManifestShard> shards, TeachingCost cost) {
        return new LogitManifest(
                new TeacherReference("nano \"1\"", "a".repeat(64), 512),
                ORIGIN,
                shards,
                Map.of(QuarantineReason.TEXT_MISMATCH, 1, QuarantineReason.NOT_FINITE, 3),
                cost);
    }

    @Test
    void aManifestComesBackAsItWasWritten() {
        LogitManifest read = LogitManifest.parse(MANIFEST.toJson(), "manifest.json");

        assertThat(read).isEqualTo(MANIFEST);
        assertThat(read.toJson()).isEqualTo(MANIFEST.toJson());
        assertThat(manifest(List.of(), TeachingCost.NONE))
                .isEqualTo(LogitManifest.parse(
                        manifest(List.of(), TeachingCost.NONE).toJson(), "manifest.json"));
    }

    @Test
    void aManifestComesBackFromADatasetsDirectory(@TempDir Path directory) throws IOException {
        Location dataset = Location.of(directory.toString());

        MANIFEST.write(Storage.local(), dataset);

        assertThat(LogitManifest.read(Storage.local(), dataset)).isEqualTo(MANIFEST);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("manifest.json"));
        }
    }

    @Test
    void totalsAreThoseOfTheShards() {
        assertThat(MANIFEST.rows()).isEqualTo(30);
        assertThat(MANIFEST.tokens()).isEqualTo(150);
        assertThat(MANIFEST.textBytes()).isEqualTo(600);
        assertThat(MANIFEST.fileBytes()).isEqualTo(2000);
        assertThat(MANIFEST.quarantined())
                .isEqualTo(Map.of(QuarantineReason.TEXT_MISMATCH, 1, QuarantineReason.NOT_FINITE, 7));
    }

    @Test
    void theDatasetsDigestIsOfItsContentAndNotOfItsCostOrOrder() {
        String digest = MANIFEST.datasetDigest();

        assertThat(manifest(List.of(CODING, MATH), TeachingCost.NONE).datasetDigest())
                .isEqualTo(digest);
        assertThat(manifest(List.of(CODING), TeachingCost.NONE).datasetDigest()).isNotEqualTo(digest);
        assertThat(manifest(List.of(CODING, shard("domain=math/shard-1.parquet", "3", 10)), TeachingCost.NONE)
                        .datasetDigest())
                .isNotEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"rows\" : 10 | \"rows\" : -10 | expected counts from 0",
                "\"rows\" : 10 | \"rows\" : \"10\" | expected a number",
                "\"rows\" : 10 | \"rows\" : 10, \"rows\" : 10 | Duplicate",
                "not-finite | not-known | expected a reason for quarantine",
                "domain=math/shard-1 | ../shard-1 | expected a path within the dataset",
                "domain=math/shard-1 | domain=math/shard-3 | expected shards with dataset digest",
                "\"format\" : 1 | \"format\" : 2 | expected format version 1, found 2",
                "\"cost\" | \"price\" | expected a field \"cost\"",
            })
    void aManifestThatSaysAnythingElseIsRefused(String from, String to, String expected) {
        String json = new String(MANIFEST.toJson(), StandardCharsets.UTF_8);
        assertThat(json).contains(from);
        byte[] changed = json.replace(from, to).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> LogitManifest.parse(changed, "manifest.json"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("manifest.json: expected a manifest of a logit dataset")
                .hasMessageContaining(expected);
    }

    @Test
    void aManifestCutOffAnywhereIsRefused() {
        byte[] whole = MANIFEST.toJson();
        for (int length = 0; length < whole.length - 2; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> LogitManifest.parse(cut, "manifest.json"))
                    .isInstanceOf(InvalidDataException.class);
        }
    }
}
