package io.retort.datasets.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusManifest.CorpusSource;
import io.retort.datasets.corpus.CorpusManifest.RejectionCount;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusFilesTest {
    private static final Storage STORAGE = Storage.local();

    @TempDir
    private Path directory = Path.of("unset");

    private static List<Document> documents(int count) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(
                    switch (i % 4) {
                        case 0 -> Document.of("math", "add", i + " + 1 =\n", "" + (i + 1), List.of());
                        case 1 ->
                            Document.of("language", "story", "", "Once, on day " + i + " …\n\0\u00e9🙂", List.of());
                        case 2 -> Document.of("reasoning", "where", "Who " + i + "?\n", "b", List.of("a", "b", ""));
                        default ->
                            Document.of("tool-use", "call", "f(" + i + ")\n", "{\"a\": \"'" + i + "\"}", List.of());
                    });
        }
        return documents;
    }

    private Location at(String name) {
        return Location.of(directory.resolve(name).toString());
    }

    private static CorpusManifest write(Location corpus, List<Document> documents, int perFile) throws IOException {
        try (CorpusWriter writer = new CorpusWriter(STORAGE, corpus, perFile)) {
            for (Document document : documents) {
                writer.add(document);
            }
            writer.reject("suite:math", REJECTED);
            return writer.finish(List.of(SOURCE));
        }
    }

    private static final CorpusSource SOURCE =
            new CorpusSource("suite:math", "ab".repeat(32), new TreeMap<>(Map.of("seed", "7")));
    private static final Rejection REJECTED =
            new Rejection("file:3", RejectionReason.EMPTY_ANSWER, "expected an \"answer\",\nfound none");

    private static Map<String, byte[]> bytesBelow(Path root) throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    @Test
    void whatIsWrittenIsReadBackInOrder() throws IOException {
        List<Document> documents = documents(2000);
        CorpusManifest manifest = write(at("c"), documents, 100);
        List<Document> found = new ArrayList<>();
        for (String domain : manifest.domains()) {
            for (Split split : Split.values()) {
                List<Document> part = new ArrayList<>();
                for (CorpusFile file : manifest.files(domain, split)) {
                    List<Document> inFile = DocumentFileReader.readAll(STORAGE, at("c").resolve(file.path()));
                    assertThat(inFile).hasSize((int) file.documents()).hasSizeLessThanOrEqualTo(100);
                    part.addAll(inFile);
                }
                assertThat(part)
                        .containsExactlyElementsOf(documents.stream()
                                .filter(document -> document.domain().equals(domain) && document.split() == split)
                                .toList());
                assertThat(manifest.documents(domain, split)).isEqualTo(part.size());
                found.addAll(part);
            }
        }
        assertThat(found).hasSize(2000).containsExactlyInAnyOrderElementsOf(documents);
        assertThat(manifest.documents()).isEqualTo(2000);
        assertThat(manifest.textBytes())
                .isEqualTo(documents.stream()
                        .mapToLong(document -> document.text().getBytes(StandardCharsets.UTF_8).length)
                        .sum());
        manifest.verify(STORAGE, at("c"));
    }

    @Test
    void theSameDocumentsGiveTheSameBytes() throws IOException {
        write(at("one"), documents(500), 64);
        write(at("two"), documents(500), 64);
        Map<String, byte[]> one = bytesBelow(directory.resolve("one"));
        Map<String, byte[]> two = bytesBelow(directory.resolve("two"));
        assertThat(one.keySet()).isEqualTo(two.keySet()).hasSizeGreaterThan(8);
        one.forEach((name, bytes) -> assertThat(two.get(name)).as(name).isEqualTo(bytes));
        assertThat(one.keySet()).noneMatch(name -> name.contains(".crc") || name.contains(".tmp"));
    }

    @Test
    void aDocumentComesOnceAndInOneSplitWhateverTheOrder() throws IOException {
        List<Document> documents = documents(600);
        List<Document> twice = new ArrayList<>(documents);
        twice.addAll(documents.subList(0, 200));
        for (long seed = 0; seed < 3; seed++) {
            Collections.shuffle(twice, new Random(seed));
            Location corpus = at("seed" + seed);
            CorpusManifest manifest = write(corpus, twice, 1000);
            assertThat(manifest.duplicates())
                    .isEqualTo(new TreeMap<>(Map.of("math", 50L, "language", 50L, "reasoning", 50L, "tool-use", 50L)));
            assertThat(manifest.allDuplicates()).isEqualTo(200);
            Map<String, Split> splitOf = new HashMap<>();
            for (CorpusFile file : manifest.files()) {
                for (Document document : DocumentFileReader.readAll(STORAGE, corpus.resolve(file.path()))) {
                    assertThat(document.split()).isEqualTo(file.split());
                    assertThat(splitOf.put(document.id(), document.split()))
                            .as(document.id())
                            .isNull();
                }
            }
            assertThat(splitOf).hasSize(600);
        }
    }

    @Test
    void duckDbReadsTheFilesWithTheirColumnsAndPartitions() throws IOException, SQLException {
        List<Document> documents = documents(800);
        write(at("c"), documents, 1000);
        String glob = directory.resolve("c") + "/*/*/*.parquet";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            try (ResultSet columns = statement.executeQuery("describe select * from '" + glob + "'")) {
                List<String> found = new ArrayList<>();
                while (columns.next()) {
                    found.add(columns.getString(1) + " " + columns.getString(2));
                }
                assertThat(found)
                        .containsExactly(
                                "document_id VARCHAR",
                                "domain VARCHAR",
                                "task VARCHAR",
                                "split VARCHAR",
                                "prompt VARCHAR",
                                "answer VARCHAR",
                                "choices VARCHAR[]");
            }
            Map<String, Document> byId = new HashMap<>();
            documents.forEach(document -> byId.put(document.id(), document));
            try (ResultSet rows = statement.executeQuery("select * from '" + glob + "'")) {
                while (rows.next()) {
                    Object[] choices = (Object[]) rows.getArray("choices").getArray();
                    assertThat(new Document(
                                    rows.getString("document_id"),
                                    rows.getString("domain"),
                                    rows.getString("task"),
                                    Split.labelled(rows.getString("split")),
                                    rows.getString("prompt"),
                                    rows.getString("answer"),
                                    Arrays.stream(choices)
                                            .map(String.class::cast)
                                            .toList()))
                            .isEqualTo(byId.remove(rows.getString("document_id")));
                }
            }
            assertThat(byId).isEmpty();
        }
    }

    @Test
    void theManifestReadsBackAndNothingUnknownIsAccepted() throws IOException {
        CorpusManifest manifest = write(at("c"), documents(100), 1000);
        assertThat(CorpusManifest.read(STORAGE, at("c"))).isEqualTo(manifest);
        assertThat(manifest.rejected())
                .containsExactly(new RejectionCount("suite:math", RejectionReason.EMPTY_ANSWER, 1));
        assertThat(Files.readString(directory.resolve("c/rejected.jsonl")))
                .isEqualTo("{\"source\":\"suite:math\",\"place\":\"file:3\",\"reason\":\"empty-answer\","
                        + "\"detail\":\"expected an \\\"answer\\\", found none\"}\n");
        Path file = directory.resolve("c/manifest.json");
        String json = Files.readString(file);
        assertThat(json).contains("\"split\" : \"train\"", "\"reason\" : \"empty-answer\"", "\"seed\" : \"7\"");
        for (String[] change : new String[][] {
            {"\"formatVersion\" : 1", "\"formatVersion\" : 2", "version 1, found 2"},
            {"\"formatVersion\" : 1,", "", "formatVersion"},
            {"\"formatVersion\" : 1,", "\"formatVersion\" : 1, \"formatVersion\" : 1,", "formatVersion"},
            {"\"formatVersion\" : 1,", "\"formatVersion\" : 1, \"more\" : 1,", "more"},
            {"\"split\" : \"train\"", "\"split\" : \"dev\"", "dev"},
            {"\"answerBytes\" : ", "\"documents\" : 0, \"x\" : ", "documents"},
        }) {
            assertThat(json).contains(change[0]);
            Files.writeString(file, json.replaceFirst(java.util.regex.Pattern.quote(change[0]), change[1]));
            assertThatThrownBy(() -> CorpusManifest.read(STORAGE, at("c")))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining(change[2])
                    .hasMessageContaining("manifest.json");
        }
        for (int length = 0; length < json.length() - 1; length += 7) {
            Files.writeString(file, json.substring(0, length));
            assertThatThrownBy(() -> CorpusManifest.read(STORAGE, at("c"))).isInstanceOf(InvalidDataException.class);
        }
    }

    @Test
    void theIdOfACorpusIsThatOfItsSources() {
        CorpusSource other = new CorpusSource("suite:math", "ab".repeat(32), new TreeMap<>(Map.of("seed", "8")));
        assertThat(CorpusManifest.idOf(List.of(SOURCE))).matches("[0-9a-f]{16}");
        assertThat(List.of(
                        CorpusManifest.idOf(List.of()),
                        CorpusManifest.idOf(List.of(SOURCE)),
                        CorpusManifest.idOf(List.of(other)),
                        CorpusManifest.idOf(List.of(SOURCE, other)),
                        CorpusManifest.idOf(List.of(other, SOURCE))))
                .doesNotHaveDuplicates();
    }

    @Test
    void aDamagedFileIsRefusedByItsDigestAndByItsReader() throws IOException {
        CorpusManifest manifest = write(at("c"), documents(300), 1000);
        CorpusFile file = manifest.files("math", Split.TRAIN).get(0);
        Path path = directory.resolve("c").resolve(file.path());
        byte[] good = Files.readAllBytes(path);
        List<Document> expected = DocumentFileReader.readAll(STORAGE, at("c").resolve(file.path()));
        Random random = new Random(3);
        for (int round = 0; round < 60; round++) {
            byte[] bad = random.nextBoolean() ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (bad.length == good.length) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(path, bad);
            assertThatThrownBy(() -> manifest.verify(STORAGE, at("c")))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining(file.path());
            try {
                // A flipped bit in a statistic or a name may go unnoticed here; wrong documents may not.
                assertThat(DocumentFileReader.readAll(STORAGE, at("c").resolve(file.path())))
                        .isEqualTo(expected);
            } catch (InvalidDataException e) {
                assertThat(e).hasMessageContaining("expected").hasMessageContaining(path.toString());
            }
        }
    }

    @Test
    void aFileTakesDocumentsOfItsDomainAndSplitOnly() throws IOException {
        Document document = Document.of("math", "add", "1\n", "2", List.of());
        Split other = document.split() == Split.TEST ? Split.TRAIN : Split.TEST;
        try (DocumentFileWriter writer = new DocumentFileWriter(STORAGE, at("c"), "math", other, 0)) {
            assertThatThrownBy(() -> writer.write(document))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(document.id());
        }
        assertThat(bytesBelow(directory)).isEmpty();
    }
}
