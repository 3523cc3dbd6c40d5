package io.retort.datasets.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Rejection;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    private static final Storage STORAGE = Storage.local();

    @TempDir
    private Path directory = Path.of("unset");

    /** Keeps what it is given. */
    private static final class Kept implements DocumentSink {
        private final List<Document> documents = new ArrayList<>();
        private final List<Rejection> rejections = new ArrayList<>();

        @Override
        public void document(Document document) {
            documents.add(document);
        }

        @Override
        public void rejected(Rejection rejection) {
            rejections.add(rejection);
        }

        List<String> answers() {
            return documents.stream().map(Document::answer).toList();
        }

        /** Reason and line of each. */
        List<String> reasons() {
            return rejections.stream()
                    .map(rejection -> rejection.reason().label()
                            + rejection.place().substring(rejection.place().lastIndexOf(':')))
                    .toList();
        }
    }

    private SourceReader reader(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("task", "t", "path", directory + "/file"));
        all.putAll(settings);
        return new SourceReader(STORAGE, SourceSpec.of("math", all, "sources[0]"));
    }

    private Kept read(byte[] file, Map<String, Object> settings) throws IOException {
        Files.write(directory.resolve("file"), file);
        Kept kept = new Kept();
        SourceReport report = reader(settings).readAll(kept);
        assertThat(report.documents()).isEqualTo(kept.documents.size());
        Map<RejectionReason, Long> byReason = new TreeMap<>();
        kept.rejections.forEach(rejection -> byReason.merge(rejection.reason(), 1L, Long::sum));
        assertThat(report.rejected()).isEqualTo(byReason);
        return kept;
    }

    private Kept read(String file, Map<String, Object> settings) throws IOException {
        return read(file.getBytes(StandardCharsets.UTF_8), settings);
    }

    private static final Map<String, Object> JSONL =
            Map.of("format", "jsonl", "prompt", "{q}\n", "answer", "{a}", "max-bytes", 40);

    @Test
    void badLinesAreRejectedWithReasonAndPlaceAndTheOthersRead() throws IOException {
        byte[] invalid = "{'q':'x','a':'\u0001'}\n".replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < invalid.length; i++) {
            invalid[i] = invalid[i] == 1 ? (byte) 0xff : invalid[i];
        }
        java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
        file.writeBytes(
                ("\ufeff{'q':'one','a':'1'}\r\n" // the order mark and the carriage return are no part of it
                                + "\n"
                                + "{'q':'no answer','a':' \\n'}\n"
                                + "{'q':'null','a':null}\n"
                                + "{'q':'lacks'}\n"
                                + "{'q':'broken\n"
                                + "[1]\n"
                                + "{'q':'1','q':'2','a':'twice'}\n"
                                + "{'q':'x','a':'1'} {}\n"
                                + "{'q':'long','a':'" + "9".repeat(36) + "'}\n"
                                + "{'q':'long','a':'" + "9".repeat(35) + "'}\n"
                                + "{'q':'half','a':'\\ud800'}\n"
                                + "[".repeat(200_000) + "\n")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8));
        file.writeBytes(invalid);
        file.writeBytes("{\"q\":\"last\",\"a\":\"\\r\\n2\\r\\n3\\n\"}".getBytes(StandardCharsets.UTF_8));
        Kept kept = read(file.toByteArray(), JSONL);
        assertThat(kept.answers()).containsExactly("1", "9".repeat(35), "2\n3");
        assertThat(kept.documents.get(0).prompt()).isEqualTo("one\n");
        assertThat(kept.reasons())
                .containsExactly(
                        "empty-answer:3",
                        "missing-field:4",
                        "missing-field:5",
                        "malformed:6",
                        "malformed:7",
                        "malformed:8",
                        "malformed:9",
                        "too-long:10",
                        "invalid-utf8:12",
                        "malformed:13",
                        "invalid-utf8:14");
        assertThat(kept.rejections).allSatisfy(rejection -> {
            assertThat(rejection.detail()).startsWith("expected").hasSizeLessThan(500);
            assertThat(rejection.place()).startsWith(directory + "/file:");
        });
    }

    @Test
    void aHugeLineIsSkippedWithoutBeingKept() throws IOException {
        String line = "{\"q\":\"x\",\"a\":\"" + "y".repeat(BoundedLines.LONGEST) + "\"}\n";
        Kept kept = read(line + "{\"q\":\"x\",\"a\":\"1\"}\n", JSONL);
        assertThat(kept.answers()).containsExactly("1");
        assertThat(kept.reasons()).containsExactly("too-long:1");
    }

    @Test
    void aFieldThatTheFirstRecordLacksIsAMistakeOfTheMapping() {
        assertThatThrownBy(() -> read("\n{\"question\":\"x\",\"a\":\"1\"}\n", JSONL))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("expected field q, found [question, a] at " + directory + "/file:2");
    }

    @Test
    void aSourceWithoutADocumentIsAnError() {
        assertThatThrownBy(() -> read("", JSONL))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("at least one record of format jsonl");
        assertThatThrownBy(() -> read("{\"q\":\"x\",\"a\":\"\"}\nx\n", JSONL))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("2 records, all rejected");
        assertThatThrownBy(() -> reader(Map.of("format", "jsonl", "answer", "{a}", "path", directory + "/no*.x"))
                        .files())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("no*.x");
    }

    @Test
    void aCapturedAnswerAndFixedChoicesAreChecked() throws IOException {
        Map<String, Object> settings = new HashMap<>(JSONL);
        settings.put("answer-pattern", "#### (-?[0-9,]+)$");
        settings.put("choices", List.of("7", "{b}"));
        Kept kept = read("""
                {"q":"x","a":"so\\n#### 7","b":"1"}
                {"q":"x","a":"so\\n#### 8\\nend","b":"8"}
                {"q":"x","a":"so ### 7","b":"1"}
                {"q":"x","a":"#### 9","b":"1"}
                """, settings);
        assertThat(kept.answers()).containsExactly("7", "8");
        assertThat(kept.documents.get(0).choices()).containsExactly("7", "1");
        assertThat(kept.reasons()).containsExactly("no-match:3", "no-match:4");
    }

    @Test
    void aJsonArrayIsReadElementByElement() throws IOException {
        Map<String, Object> json = Map.of("format", "json", "prompt", "{q}\n", "answer", "{a}");
        Kept kept = read("[\n{\"q\":1.50,\"a\":2.0},\n 3,\n{\"q\":2,\"a\":\"\"}]\n", json);
        assertThat(kept.documents.get(0).text()).isEqualTo("1.5\n2");
        assertThat(kept.reasons()).containsExactly("malformed:3", "empty-answer:4");
        for (String bad : List.of(
                "",
                "{}",
                "[{\"q\":1,\"a\":2}",
                "[{\"q\":1,\"a\":2},",
                "[{\"q\":1,\"a\":2}] 3",
                "[1 2]",
                "[{\"q\":1,\"q\":1,\"a\":2}]",
                "[".repeat(100_000),
                "[\"\u0000\"]")) {
            assertThatThrownBy(() -> read(bad, json))
                    .as(bad.substring(0, Math.min(20, bad.length())))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("file");
        }
    }

    @Test
    void textIsCutAtBlankLines() throws IOException {
        Kept kept = read("\n\none\ntwo  \n \nthree\r\nfour\r\n\r\n\r\nfive", Map.of("format", "text"));
        assertThat(kept.answers()).containsExactly("one\ntwo", "three\nfour", "five");
        assertThat(kept.documents).allMatch(document -> document.prompt().isEmpty());
    }

    @Test
    void textIsCutAtAMark() throws IOException {
        Map<String, Object> settings = Map.of("format", "text", "cut", Map.of("mark", "<<|>"));
        // The mark begins like itself, so a scanner that forgets what it matched would miss the second one.
        Kept kept = read("<<|>one\n\ntwo<<<|>three <<| four<<|>\n<<|>five\n", settings);
        assertThat(kept.answers()).containsExactly("one\n\ntwo<", "three <<| four", "five");
    }

    @Test
    void textIsCutToASize() throws IOException {
        Map<String, Object> settings = Map.of("format", "text", "cut", Map.of("bytes", 16));
        Kept kept = read("1234567\n12345678\n\nabc\n" + "word ".repeat(7) + "\n" + "é".repeat(20) + "\nz", settings);
        assertThat(kept.answers())
                .containsExactly(
                        "1234567",
                        "12345678\n\nabc",
                        "word word word",
                        "word word word",
                        "word",
                        "é".repeat(7),
                        "é".repeat(7),
                        "é".repeat(6) + "\nz");
        assertThat(kept.answers()).allMatch(answer -> answer.getBytes(StandardCharsets.UTF_8).length <= 16);
    }

    @Test
    void textThatIsNotUtf8IsRejectedWhereItStands() throws IOException {
        byte[] file = "one\n\ntwo #\nthree\n\nfour".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < file.length; i++) {
            file[i] = file[i] == '#' ? (byte) 0x80 : file[i];
        }
        Kept byLine = read(file, Map.of("format", "text"));
        assertThat(byLine.answers()).containsExactly("one", "three", "four");
        assertThat(byLine.reasons()).containsExactly("invalid-utf8:3");
        Kept byMark = read(file, Map.of("format", "text", "cut", Map.of("mark", "\n\n")));
        assertThat(byMark.answers()).containsExactly("one", "four");
        assertThat(byMark.reasons()).containsExactly("invalid-utf8:3");
    }

    @Test
    void allQuestionsAboutOneBabiStoryAreInOneSplit() throws IOException {
        StringBuilder file = new StringBuilder();
        for (int story = 0; story < 200; story++) {
            file.append("1 A").append(story).append(" came.\n2 B went.\n3 Who came?\tA\t1\n4 C sat.\n");
            file.append("5 Who sat?\tC\t4\n6 Who went?\tB\t2\n");
        }
        List<Document> documents = read(file.toString(), Map.of("format", "babi")).documents;
        assertThat(documents).hasSize(600);
        Set<Split> seen = EnumSet.noneOf(Split.class);
        for (int first = 0; first < documents.size(); first += 3) {
            seen.add(documents.get(first).split());
            assertThat(documents.subList(first, first + 3))
                    .extracting(Document::split)
                    .containsOnly(documents.get(first).split());
        }
        assertThat(seen).hasSize(3);
    }

    @Test
    void piecesOfATextThatFollowOneAnotherShareASplitSixteenAtATime() throws IOException {
        StringBuilder file = new StringBuilder();
        for (int piece = 0; piece < 1600; piece++) {
            file.append(String.format(Locale.ROOT, "piece %09d\n", piece));
        }
        List<Document> documents =
                read(file.toString(), Map.of("format", "text", "cut", Map.of("bytes", 16))).documents;
        assertThat(documents).hasSize(1600);
        Set<Split> seen = EnumSet.noneOf(Split.class);
        for (int first = 0; first < documents.size(); first += 16) {
            seen.add(documents.get(first).split());
            assertThat(documents.subList(first, first + 16))
                    .extracting(Document::split)
                    .containsOnly(documents.get(first).split());
        }
        assertThat(seen).hasSize(3);
    }

    @Test
    void aGroupOfTheMappingKeepsRecordsTogether() throws IOException {
        StringBuilder file = new StringBuilder();
        for (int record = 0; record < 300; record++) {
            file.append("{\"talk\": ")
                    .append(record / 10)
                    .append(", \"q\": ")
                    .append(record)
                    .append("}\n");
        }
        Map<String, Object> settings = Map.of("format", "jsonl", "prompt", "{q}\n", "answer", "a", "group", "{talk}");
        List<Document> documents = read(file.toString(), settings).documents;
        for (int record = 0; record < 300; record++) {
            assertThat(documents.get(record).split()).isEqualTo(Split.of("math\n" + record / 10));
        }
    }

    @Test
    void babiQuestionsSeeTheStatementsBeforeThemAndNoQuestions() throws IOException {
        Kept kept = read("""
                1 Mary went home.
                2 Where is Mary? \thome\t1
                3 John left.
                4 Where is John?\taway\t3
                1 New story.
                2 What is new?\tstory
                """, Map.of("format", "babi"));
        assertThat(kept.documents.stream().map(Document::text))
                .containsExactly(
                        "Mary went home.\nWhere is Mary?\nhome",
                        "Mary went home.\nJohn left.\nWhere is John?\naway",
                        "New story.\nWhat is new?\nstory");
    }

    @Test
    void aBrokenStoryIsRejectedUpToTheNextOne() throws IOException {
        Kept kept = read("""
                1 Mary went home.
                3 Where is Mary?\thome\t1
                4 Where is Mary?\thome\t1
                1 A.
                no number
                2 Q?\ta\t1
                1 A.
                2 Q?\ta\t1\tmore
                1 A.
                2 Q?\t \t1
                3 Q?\tb\t1
                """, Map.of("format", "babi"));
        assertThat(kept.answers()).containsExactly("b");
        assertThat(kept.reasons())
                .containsExactly(
                        "malformed:2", "malformed:3", "malformed:5", "malformed:6", "malformed:8", "empty-answer:10");
        assertThatThrownBy(() -> read("1 A.\n2 Q? |a|1\n", Map.of("format", "babi")))
                .as("the wrong columns give no record")
                .isInstanceOf(InvalidDataException.class);
        assertThat(read("1 A.\n2 Q? |a|1\n", Map.of("format", "babi", "columns", "|"))
                        .answers())
                .containsExactly("a");
    }

    @Test
    void recordsAreJoinedByKey() throws IOException {
        Path second = directory.resolve("second");
        Files.writeString(second, "{\"ref\":\"b\",\"truth\":[2]}\n{\"ref\":\"a\",\"truth\":[1]}\n");
        Map<String, Object> settings = new HashMap<>(JSONL);
        settings.put("answer", "{other.truth[0]}");
        settings.put("join", Map.of("path", second.toString(), "key", "q", "partner-key", "ref", "name", "other"));
        Kept kept = read("{\"q\":\"a\"}\n{\"q\":\"c\"}\n{\"q\":\"b\"}\n", settings);
        assertThat(kept.answers()).containsExactly("1", "2");
        assertThat(kept.reasons()).containsExactly("no-partner:2");
        assertThatThrownBy(() -> read("{\"q\":\"a\",\"other\":1}\n", settings)).hasMessageContaining("other");
        Files.writeString(second, "{\"ref\":\"a\"}\n{\"ref\":\"a\"}\n");
        assertThatThrownBy(() -> read("{\"q\":\"a\"}\n", settings)).hasMessageContaining("again at " + second + ":2");
        Files.writeString(second, "{\"ref\":\"a\"\n");
        assertThatThrownBy(() -> read("{\"q\":\"a\"}\n", settings)).hasMessageContaining("second:1");
    }

    @Test
    void aParquetFileThatDuckDbWroteIsRead() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("copy (select * from (values"
                    + " ('one', {'t': ['a', 'b'], 'n': 1.5::double}, [10, 20], true, 2::decimal(9, 2)),"
                    + " ('two', {'t': ['c', NULL], 'n': NULL}, NULL, false, 3)) as t(q, s, l, flag, price))"
                    + " to '" + directory + "/file' (format parquet)");
        }
        Map<String, Object> settings = Map.of(
                "format", "parquet", "path", directory + "/file", "prompt", "{q} {flag}\n", "answer", "{s.t[0]}{l}");
        Kept kept = new Kept();
        reader(settings).readAll(kept);
        assertThat(kept.documents.stream().map(Document::text)).containsExactly("one true\na[10,20]");
        assertThat(kept.reasons()).containsExactly("missing-field:2");
        assertThatThrownBy(() ->
                        reader(Map.of("format", "parquet", "answer", "{price}")).readAll(new Kept()))
                .as("a decimal is as if it were not there")
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("expected field price");
        byte[] whole = Files.readAllBytes(directory.resolve("file"));
        for (int length = 0; length < whole.length; length += 13) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut, settings)).isInstanceOf(InvalidDataException.class);
        }
    }

    @Test
    void starsChooseFilesOfADirectoryAndALimitHoldsForEach() throws IOException {
        for (String name : List.of("b.jsonl", "a.jsonl", "c.json", "a.jsonl.bak")) {
            Files.writeString(
                    directory.resolve(name),
                    "{\"q\":\"x\",\"a\":\"" + name + "1\"}\n{\"q\":\"x\",\"a\":\"" + name + "2\"}\n");
        }
        Map<String, Object> settings = new HashMap<>(JSONL);
        settings.put("path", directory + "/*.jsonl");
        settings.put("limit", 1);
        Kept kept = new Kept();
        assertThat(reader(settings).files()).extracting(Location::name).containsExactly("a.jsonl", "b.jsonl");
        reader(settings).readAll(kept);
        assertThat(kept.answers()).containsExactly("a.jsonl1", "b.jsonl1");
    }

    @Test
    void aSplitByPlaceMakesTheLastBytesOfAFileTheTestSplit() throws IOException {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            file.append("{'q':'%02d','a':'%s'}\n"
                    .formatted(i, i < 50 ? "1234567" : "1")
                    .replace('\'', '"'));
        }
        Map<String, Object> settings = new HashMap<>(JSONL);
        settings.put("split", Map.of("validation", 0.1, "test", 0.25));
        Kept kept = read(file.toString(), settings);
        // 50 documents of 10 bytes and 50 of 4: 700, of which the last 175 and the 70 before them begin inside a
        // document.
        List<Split> splits = kept.documents.stream().map(Document::split).toList();
        assertThat(splits.subList(0, 45)).containsOnly(Split.TRAIN);
        assertThat(splits.subList(45, 56)).containsOnly(Split.VALIDATION);
        assertThat(splits.subList(56, 100)).containsOnly(Split.TEST);
        Document last = kept.documents.get(99);
        assertThat(last.id())
                .isEqualTo(Document.of("math", "t", "99\n", "1", List.of()).id());
        var described = reader(settings).describe();
        settings.put("split", Map.of("validation", 0.1, "test", 0.2));
        assertThat(reader(settings).describe()).isNotEqualTo(described);
    }

    @Test
    void theDescriptionChangesWithContentAndMappingButNotWithTheDirectory() throws IOException {
        Path one = Files.createDirectories(directory.resolve("one"));
        Path two = Files.createDirectories(directory.resolve("two"));
        Files.writeString(one.resolve("file"), "{\"q\":\"x\",\"a\":\"1\"}\n");
        Files.writeString(two.resolve("file"), "{\"q\":\"x\",\"a\":\"1\"}\n");
        Map<String, Object> settings = new HashMap<>(JSONL);
        settings.put("path", one + "/file");
        var first = reader(settings).describe();
        settings.put("path", two + "/file");
        assertThat(reader(settings).describe()).isEqualTo(first);
        settings.put("limit", 5);
        assertThat(reader(settings).describe()).isNotEqualTo(first);
        settings.remove("limit");
        Files.writeString(two.resolve("file"), "{\"q\":\"x\",\"a\":\"2\"}\n");
        assertThat(reader(settings).describe()).isNotEqualTo(first);
    }

    @Test
    void settingsThatAreWrongAreNamed() {
        assertWrong(Map.of("format", "csv", "answer", "{a}"), "csv", "jsonl", "sources[0]");
        assertWrong(Map.of("answer", "{a}"), "format");
        assertWrong(Map.of("format", "jsonl"), "answer");
        assertWrong(Map.of("format", "jsonl", "answer", "{a}", "promt", "x"), "promt", "prompt");
        assertWrong(Map.of("format", "jsonl", "answer", "{a"), "answer", "sources[0]");
        assertWrong(Map.of("format", "jsonl", "answer", 3), "answer", "3");
        assertWrong(Map.of("format", "jsonl", "answer", "{a}", "prompt", "{q}"), "newline");
        assertWrong(Map.of("format", "jsonl", "answer", "{a}", "max-bytes", "x"), "max-bytes");
        assertWrong(Map.of("format", "jsonl", "answer", "{a}", "max-bytes", 0), "at least 1", "sources[0]");
        assertWrong(Map.of("format", "jsonl", "answer", "{a}", "answer-pattern", "("), "regular expression");
        assertWrong(Map.of("format", "jsonl", "answer", "{a}", "cut", "lines"), "cut", "paragraph");
        assertWrong(Map.of("format", "text", "cut", Map.of("bytes", 1)), "16");
        assertWrong(Map.of("format", "text", "cut", Map.of("bytes", 99, "mark", "x")), "either");
        assertWrong(Map.of("format", "text", "cut", Map.of("byte", 99)), "sources[0].cut", "byte");
        assertWrong(Map.of("format", "text", "cut", Map.of("mark", "")), "mark");
        assertWrong(Map.of("format", "text", "join", Map.of("path", "x", "key", "k", "name", "n")), "second file");
        assertWrong(Map.of("format", "jsonl", "answer", "{a}", "join", Map.of("path", "x")), "key", "join");
        assertWrong(Map.of("format", "jsonl", "answer", "{a}", "join", 3), "join");
        assertWrong(Map.of("format", "text", "split", "tail"), "split", "content", "tail");
        assertWrong(Map.of("format", "text", "split", Map.of("test", 0.1)), "validation", "sources[0].split");
        assertWrong(
                Map.of("format", "text", "split", Map.of("validation", 0.5, "test", 0.5)), "0.5", "sources[0].split");
        assertWrong(Map.of("format", "text", "split", Map.of("validation", 0.1, "tset", 0.5)), "tset");
        assertWrong(
                Map.of("format", "text", "group", "{text}", "split", Map.of("validation", 0.1, "test", 0.1)), "groups");
        assertWrong(Map.of("format", "babi", "columns", ""), "columns");
        assertWrong(Map.of("format", "babi", "task", " "), "task");
    }

    private void assertWrong(Map<String, Object> settings, String... words) {
        assertThatThrownBy(() -> reader(settings))
                .as("%s", settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }
}
