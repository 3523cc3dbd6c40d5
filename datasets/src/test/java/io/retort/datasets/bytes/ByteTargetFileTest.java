package io.retort.datasets.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ByteTargetFileTest {
    @TempDir
    private Path directory;

    @Test
    void documentsComeBackByIndexAsTheyWereWritten() throws IOException {
        List<ByteTargets> written = documents(40, 120_000); // several record batches
        Path path = write(written);

        try (ByteTargetFile file = ByteTargetFile.open(path)) {
            assertThat(file.size()).isEqualTo(written.size());
            assertThat(file.metadata()).containsEntry("retort.logits", "a digest");
            for (int index : new int[] {39, 0, 17, 17, 38, 1}) {
                assertThat(file.at(index)).usingRecursiveComparison().isEqualTo(written.get(index));
            }
            assertThatThrownBy(() -> file.at(40)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void manyThreadsReadOneFile() throws IOException {
        List<ByteTargets> written = documents(200, 300);
        try (ByteTargetFile file = ByteTargetFile.open(write(written))) {
            IntStream.range(0, 2_000)
                    .parallel()
                    .map(i -> i * 7919 % 200)
                    .forEach(index -> assertThat(file.at(index).text())
                            .isEqualTo(written.get(index).text()));
        }
    }

    @Test
    void arrowsOwnReaderSeesTheSameColumns() throws IOException {
        List<ByteTargets> written = documents(20, 100);
        try (RootAllocator allocator = new RootAllocator();
                ArrowFileReader reader = new ArrowFileReader(Files.newByteChannel(write(written)), allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            var root = reader.getVectorSchemaRoot();
            assertThat(root.getRowCount()).isEqualTo(20);
            for (int row = 0; row < 20; row++) {
                ByteDistributions expected = written.get(row).distributions();
                assertThat(root.getVector("document_id").getObject(row))
                        .hasToString(written.get(row).documentId());
                assertThat(root.getVector("text").getObject(row))
                        .isEqualTo(written.get(row).text());
                assertThat(root.getVector("prompt_bytes").getObject(row))
                        .isEqualTo(written.get(row).promptBytes());
                assertThat(characters((ListVector) root.getVector("symbols"), row))
                        .isEqualTo(expected.symbols());
                assertThat(characters((ListVector) root.getVector("probabilities"), row))
                        .isEqualTo(expected.probabilities());
                assertThat(characters((ListVector) root.getVector("rest"), row)).isEqualTo(expected.rest());
            }
        }
    }

    private static char[] characters(ListVector list, int row) {
        List<?> values = list.getObject(row);
        char[] characters = new char[values.size()];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (Character) values.get(i);
        }
        return characters;
    }

    @Test
    void theSameDocumentsGiveTheSameBytes() throws IOException {
        assertThat(Files.readAllBytes(write(documents(30, 200))))
                .isEqualTo(Files.readAllBytes(write(documents(30, 200))));
    }

    @Test
    void aFileCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write(documents(3, 20)));
        Path cut = directory.resolve("cut.arrow");
        for (int length = 0; length < whole.length; length += 3) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ByteTargetFile.open(cut))
                    .as("the first %s of %s bytes", length, whole.length)
                    .isInstanceOf(InvalidDataException.class);
        }
    }

    @Test
    void anyChangedByteGivesOneKindOfErrorOrOtherTargets() throws IOException {
        byte[] whole = Files.readAllBytes(write(documents(3, 20)));
        Path changed = directory.resolve("changed.arrow");
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (at % 2 == 0 ? 0xFF : 0x01);
            Files.write(changed, bytes);
            try (ByteTargetFile file = ByteTargetFile.open(changed)) {
                for (int index = 0; index < Math.min(10, file.size()); index++) {
                    file.at(index);
                }
            } catch (InvalidDataException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 10);
    }

    @Test
    void aClosedFileIsNotRead() throws IOException {
        ByteTargetFile file = ByteTargetFile.open(write(documents(3, 20)));
        file.close();

        assertThatThrownBy(() -> file.at(0)).isInstanceOf(IllegalStateException.class);
    }

    private Path write(List<ByteTargets> documents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ByteTargetWriter writer = new ByteTargetWriter(out, Map.of("retort.logits", "a digest"))) {
            for (ByteTargets document : documents) {
                writer.add(document);
            }
        }
        return Files.write(Files.createTempFile(directory, "targets", ".arrow"), out.toByteArray());
    }

    private static List<ByteTargets> documents(int count, int mostBytes) {
        SplittableRandom random = new SplittableRandom(4);
        List<ByteTargets> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] text = new byte[1 + random.nextInt(mostBytes)];
            random.nextBytes(text);
            ByteDistributionsBuilder builder = new ByteDistributionsBuilder(text.length + 1);
            for (int j = 0; j <= text.length; j++) {
                double[] masses = new double[ByteDistributions.SYMBOLS];
                for (int s = random.nextInt(12); s >= 0; s--) {
                    masses[random.nextInt(masses.length)] = Math.exp(-6 * random.nextDouble());
                }
                builder.add(masses, Arrays.stream(masses).sum(), random.nextDouble());
            }
            documents.add(
                    new ByteTargets("id" + i, "math", Split.values()[i % 3], text, text.length / 2, builder.build()));
        }
        return documents;
    }
}
