package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a zipped report may hold, and that it is the report. */
class ZippedReportTest {
    private static final ZippedReport SMALL = new ZippedReport(3, 1000);

    @TempDir
    private Path directory = Path.of("unset");

    private Path zip(List<String> names, int bytesEach) throws IOException {
        Path zipped = directory.resolve("given.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(zipped))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(new byte[bytesEach]);
            }
        }
        return zipped;
    }

    private Path unpacked() {
        return directory.resolve("deep/down/unpacked");
    }

    private void unpack(Path zipped) throws IOException {
        SMALL.unpack(zipped, Storage.local(), Location.of(unpacked().toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "a/../../../outside", "/outside", "a//b", "./a", "a\nb"})
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        Path zipped = zip(List.of(name, "results.json"), 1);

        assertThatThrownBy(() -> unpack(zipped)).isInstanceOf(InvalidDataException.class);

        assertThat(unpacked()).doesNotExist();
        assertThat(directory).isDirectoryNotContaining("glob:**outside");
    }

    @Test
    void moreFilesOrBytesThanTheLimitsAreRefusedWhateverTheFileSaysAndTheReportIsNotWhole() throws IOException {
        assertThatThrownBy(() -> unpack(zip(List.of("results.json", "a", "b", "c"), 1)))
                .hasMessageContaining("at most 3 files");
        assertThatThrownBy(() -> unpack(zip(List.of("results.json", "a", "b"), 334)))
                .hasMessageContaining("1000 bytes in all, found more: b");
        assertThatThrownBy(() -> unpack(zip(List.of("results.json"), 100_000_000)))
                .hasMessageContaining("1000 bytes in all, found more: results.json");
        assertThat(unpacked().resolve("results.json")).doesNotExist();

        unpack(zip(List.of("results.json", "a", "b"), 333));
        assertThat(unpacked().resolve("results.json")).hasSize(333);
    }

    @Test
    void aReportWithoutResultsIsRefused() {
        assertThatThrownBy(() -> unpack(zip(List.of("a"), 1))).hasMessageContaining("expected results.json");
        assertThatThrownBy(() -> unpack(Files.writeString(directory.resolve("none.zip"), "<html>")))
                .hasMessageContaining("expected results.json");
    }

    @Test
    void aFileThatIsCutBeforeTheEndOfItsResultsGivesNoWholeReport() throws IOException {
        Path report = report("one");
        Path zipped = directory.resolve("whole.zip");
        ZippedReport.STANDARD.write(Storage.local(), Location.of(report.toString()), zipped);
        byte[] bytes = Files.readAllBytes(zipped);
        // What follows the results, without its header of 30 bytes.
        int end = indexOf(bytes, "samples/".getBytes(StandardCharsets.US_ASCII)) - 30;
        assertThat(end).isPositive();
        for (int length = 0; length < end; length++) {
            Path cut = Files.write(directory.resolve("cut.zip"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> unpack(cut))
                    .as("of " + length + " bytes")
                    .isInstanceOfAny(IOException.class, InvalidDataException.class);
            assertThat(unpacked().resolve("results.json")).doesNotExist();
        }
    }

    private static int indexOf(byte[] bytes, byte[] searched) {
        for (int i = 0; i + searched.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + searched.length, searched, 0, searched.length)) {
                return i;
            }
        }
        return -1;
    }

    private Path report(String name) throws IOException {
        Path report = Files.createDirectories(directory.resolve(name));
        Files.writeString(report.resolve("results.json"), "{}");
        Files.writeString(report.resolve("report.html"), "<html>");
        Files.writeString(Files.createDirectories(report.resolve("samples")).resolve("math.parquet"), "rows");
        return report;
    }

    @Test
    void equalReportsGiveEqualBytesWheneverTheyWereWritten() throws IOException {
        Path one = report("one");
        Path two = report("two");
        Files.setLastModifiedTime(two.resolve("results.json"), FileTime.fromMillis(1_000_000_000_000L));
        Path zippedOne = directory.resolve("one.zip");
        Path zippedTwo = directory.resolve("two.zip");

        SMALL.write(Storage.local(), Location.of(one.toString()), zippedOne);
        SMALL.write(Storage.local(), Location.of(two.toString()), zippedTwo);
        unpack(zippedOne);

        assertThat(zippedOne).hasSameBinaryContentAs(zippedTwo);
        assertThat(unpacked().resolve("samples/math.parquet")).hasContent("rows");
        assertThat(unpacked().resolve("report.html")).hasContent("<html>");
    }
}
