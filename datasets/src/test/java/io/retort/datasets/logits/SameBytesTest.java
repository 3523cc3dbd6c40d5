package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileWriter;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of equal content have equal bytes, whichever process wrote them. */
class SameBytesTest {
    /** Parquet's writer orders encodings by hashes that are drawn anew in every process. */
    private static final int PROCESSES = 4;

    @Test
    void everyProcessWritesTheSameBytes(@TempDir Path directory) throws Exception {
        TreeSet<String> written = new TreeSet<>();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            // The hashes of enum constants, which decide the order, are drawn from this.
                            "-XX:+UnlockExperimentalVMOptions",
                            "-XX:hashCode=" + (i == 0 ? 5 : 0),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Writing.class.getName(),
                            directory.resolve(Integer.toString(i)).toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        for (Process process : processes) {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            written.add(out.strip());
        }

        assertThat(written).hasSize(1);
        assertThat(written.first()).matches("[0-9a-f]{64} [0-9a-f]{64} [0-9a-f]{64}");
    }

    /** Writes a shard, a quarantine file and a corpus file into the directory it is given, and prints their digests. */
    static final class Writing {
        private Writing() {}

        public static void main(String[] args) throws IOException {
            LogitSettings settings = LogitSettings.defaults();
            ShardOrigin origin = new ShardOrigin("a".repeat(64), "b".repeat(64), settings);
            Document document = Document.of("math", "sums", "What is 1 + 1?\n", "2", List.of());
            List<Chunk> chunks = new Chunker(16, 5).chunks(TokenisedDocument.of(document, new ByteTokenizer()));
            LogitShardWriter shard = new LogitShardWriter(ShardKey.of(chunks, origin), origin);
            chunks.forEach(chunk -> shard.add(((RowOutcome.Scored) RandomTeacher.score(chunk, settings, 258)).row()));
            byte[] quarantine = QuarantineFile.write(
                    List.of(new QuarantineRow(chunks.get(0).origin(), QuarantineReason.TEACHER_REFUSED, "no")));
            System.out.println(
                    Sha256.hex(shard.finish().file()) + " " + Sha256.hex(quarantine) + " " + corpus(document, args[0]));
        }

        private static String corpus(Document document, String directory) throws IOException {
            Location corpus = Location.of(directory);
            try (DocumentFileWriter writer = new DocumentFileWriter(
                    new Storage(new Configuration()), corpus, document.domain(), document.split(), 0)) {
                writer.write(document);
                return writer.finish().sha256();
            }
        }
    }
}
