package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileReader;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.commands.CommandLineRun;
import io.retort.jobs.corpora.Checkers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that the teacher or the students write from a corpus' prompts, scored as any other. */
class WrittenTextsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The embedded teacher, as an untrained one hardly ends a text; students that are untrained get four chances. */
    private static final List<String> SETTINGS = List.of(
            "--set", "teacher.path=",
            "--set", "teach.continuations.max-bytes=80",
            "--set", "teach.continuations.samples=4");

    @TempDir
    static Path workspace;

    @TempDir
    Path other;

    @BeforeAll
    static void taught() throws Exception {
        SharedSpark.session();
        run(workspace, "prepare");
        run(workspace, "teach");
    }

    private static CommandLineRun begin(Path workspace, String command, String... more) throws Exception {
        List<String> words = new ArrayList<>(SETTINGS);
        words.addAll(List.of(more));
        return Walk.run(command, workspace, words.toArray(new String[0]));
    }

    private static String run(Path workspace, String command, String... more) throws Exception {
        CommandLineRun run = begin(workspace, command, more);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private static CorpusManifest corpus(JsonNode report) throws IOException {
        return CorpusManifest.read(
                Storage.local(), Location.of(report.get("location").asText()));
    }

    private static List<Document> documents(JsonNode report, CorpusManifest corpus, Split split) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (CorpusFile file : corpus.files()) {
            if (file.split() == split) {
                documents.addAll(DocumentFileReader.readAll(
                        Storage.local(),
                        Location.of(report.get("location").asText()).resolve(file.path())));
            }
        }
        return documents;
    }

    @Test
    void theTeachersAnswersTakeThePlaceOfTheCorpus() throws Exception {
        JsonNode report = JSON.readTree(run(workspace, "teach", "--generate", "--json"));

        JsonNode texts = report.get("stages").get(0);
        JsonNode logits = report.get("stages").get(1);
        CorpusManifest corpus = corpus(texts);
        JsonNode before = JSON.readTree(run(workspace, "prepare", "--json"));
        CorpusManifest prompts = corpus(before);
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            assertThat(documents(texts, corpus, split)).isEqualTo(documents(before, prompts, split));
        }
        Set<String> asked = new HashSet<>();
        documents(before, prompts, Split.TRAIN).forEach(document -> asked.add(document.prompt()));
        List<Document> train = documents(texts, corpus, Split.TRAIN);
        Set<String> ids = new HashSet<>();
        for (Document document : train) {
            assertThat(asked).contains(document.prompt());
            assertThat(ids.add(document.id())).as("once: " + document).isTrue();
        }
        long kept = 0;
        for (JsonNode tally : texts.get("domains")) {
            assertThat(tally.get("fates").properties().stream()
                            .mapToLong(fate -> fate.getValue().asLong())
                            .sum())
                    .isEqualTo(4 * 40);
            kept += tally.get("fates").get("kept").asLong();
        }
        long duplicates = 0;
        for (JsonNode count : texts.get("duplicates")) {
            duplicates += count.asLong();
        }
        assertThat(train).hasSize((int) (kept - duplicates));
        long rows = 0;
        for (JsonNode domain : logits.get("domains")) {
            rows += domain.get("rows").asLong();
        }
        assertThat(rows)
                .isEqualTo(train.size()
                        + documents(texts, corpus, Split.VALIDATION).size());
        assertThat(Path.of(texts.get("location").asText()).resolve("written")).doesNotExist();

        JsonNode again = JSON.readTree(run(workspace, "teach", "--generate", "--json"));
        assertThat(again.get("completion").asText()).isEqualTo("ALREADY_DONE");
        assertThat(again.get("stages").get(0).get("domains")).isEqualTo(texts.get("domains"));

        // The later stages go by the same settings.
        run(workspace, "align", "--set", "teach.texts=teacher");
        run(workspace, "distil", "--set", "teach.texts=teacher");
    }

    @Test
    void aKilledRunWritesTheSameTextsInTheEnd() throws Exception {
        run(other, "prepare");
        JsonNode whole = JSON.readTree(run(workspace, "teach", "--generate", "--json"));
        List<String> words = new ArrayList<>(SETTINGS);
        words.add("--generate");
        Process child = ChildProcess.start(Walk.words("teach", other, words.toArray(new String[0])));
        while (child.isAlive() && tallies() == 0) {
            Thread.sleep(5);
        }
        child.destroyForcibly().waitFor();
        long done = tallies();
        assertThat(done).as("killed while it wrote").isPositive();
        // What is written down of a shard does not stand for texts that are gone.
        try (Stream<Path> files = Files.walk(other.resolve("corpora"))) {
            Path texts = files.filter(file -> file.toString().contains("/texts/")
                            && file.toString().endsWith(".parquet"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElseThrow();
            Files.write(texts, new byte[] {1, 2, 3});
        }

        CommandLineRun again = begin(other, "teach", "--generate", "--json");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err()).doesNotContain("(0 are done already)");
        JsonNode killed = JSON.readTree(again.out());

        assertThat(killed.get("id")).isEqualTo(whole.get("id"));
        assertThat(killed.get("stages").get(1).get("datasetDigest"))
                .isEqualTo(whole.get("stages").get(1).get("datasetDigest"));
        assertThat(corpus(killed.get("stages").get(0)).files())
                .isEqualTo(corpus(whole.get("stages").get(0)).files());
    }

    private long tallies() throws IOException {
        Path corpora = other.resolve("corpora");
        try (Stream<Path> files = Files.walk(corpora)) {
            return files.filter(file -> file.toString().contains("tallies")
                            && file.toString().endsWith(".json"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .count();
        } catch (UncheckedIOException e) {
            // A temporary file was renamed while the directory was read.
            return tallies();
        }
    }

    @Test
    void shardsOfTheOriginalsAreNotScoredAgain() throws Exception {
        JsonNode report = JSON.readTree(
                run(workspace, "teach", "--generate", "--json", "--set", "teach.continuations.originals=true"));

        JsonNode logits = report.get("stages").get(1);
        // The last shard of the originals goes on with what was written, so it is another one.
        assertThat(logits.get("shardsCopied").asInt()).isPositive();
        assertThat(logits.get("shardsMade").asInt()).isPositive();
        CorpusManifest corpus = corpus(report.get("stages").get(0));
        List<Document> train = documents(report.get("stages").get(0), corpus, Split.TRAIN);
        JsonNode before = JSON.readTree(run(workspace, "prepare", "--json"));
        assertThat(train).containsAll(documents(before, corpus(before), Split.TRAIN));
        assertThat(train.stream().map(Document::id)).doesNotHaveDuplicates();
    }

    @Test
    void onlyRightAnswersAreKeptWhereAsked() throws Exception {
        JsonNode report = JSON.readTree(
                run(workspace, "teach", "--generate", "--json", "--set", "teach.continuations.keep=correct"));

        JsonNode texts = report.get("stages").get(0);
        JsonNode math = texts.get("domains").get("math").get("fates");
        assertThat(math.get("wrong").asLong()).isPositive();
        assertThat(math.get("kept").asLong()).isPositive();
        for (Document document : documents(texts, corpus(texts), Split.TRAIN)) {
            assertThat(Checkers.of(document).check(document, document.answer()).correct())
                    .as("%s", document)
                    .isTrue();
        }
    }

    @Test
    void aDomainWithoutADocumentIsNamed() throws Exception {
        CommandLineRun run = begin(workspace, "teach", "--generate", "--set", "teach.continuations.max-bytes=1");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "expected at least one text of domain ",
                        " that is a document, found none among 160: {unfinished=");
    }

    @Test
    void studentsContinueThePromptsOfTheirDomain() throws Exception {
        CommandLineRun early = begin(other, "teach", "--on-policy");
        assertThat(early.code()).isEqualTo(2);
        run(other, "prepare");
        early = begin(other, "teach", "--on-policy");
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err()).contains("expected a trained expert at");

        for (String stage : List.of("teach", "align", "distil")) {
            run(other, stage);
        }
        String plan = run(other, "teach", "--on-policy", "--plan");
        assertThat(plan).contains("write: students ", "writes on from 80 prompts", "expected: about");
        JsonNode report = JSON.readTree(run(other, "teach", "--on-policy", "--json"));

        assertThat(report.get("stages").get(0).get("author").asText()).startsWith("students ");
        CorpusManifest corpus = corpus(report.get("stages").get(0));
        assertThat(corpus.documents("math", Split.TRAIN)).isPositive();
        assertThat(corpus.documents("reasoning", Split.TRAIN)).isPositive();
        assertThat(report.get("stages").get(1).get("shardsMade").asInt()).isPositive();
        JsonNode audit = JSON.readTree(run(other, "teach", "--on-policy", "--verify", "--json"));
        assertThat(audit.get("id")).isEqualTo(report.get("id"));

        JsonNode rounds = JSON.readTree(run(other, "distil", "--rounds", "1", "--json"));
        List<String> stages = new ArrayList<>();
        rounds.get("stages")
                .forEach(stage -> stages.add(stage.get("job").asText() + " "
                        + stage.get("completion").asText()));
        assertThat(stages)
                .containsExactly(
                        "distil ALREADY_DONE",
                        "prepare ALREADY_DONE",
                        "write DONE",
                        "teach DONE",
                        "align DONE",
                        "distil DONE");
        JsonNode round = rounds.get("stages").get(2);
        List<Document> train = documents(round, corpus(round), Split.TRAIN);
        JsonNode before = JSON.readTree(run(other, "prepare", "--json"));
        assertThat(train)
                .containsAll(documents(before, corpus(before), Split.TRAIN))
                .hasSizeGreaterThan(80);
        assertThat(rounds.get("stages").get(5).get("id"))
                .isNotEqualTo(rounds.get("stages").get(0).get("id"));
        run(other, "route", "--set", "distil.rounds=1");
    }

    @Test
    void aChatModelWritesInTheTeachersPlace() throws Exception {
        HttpServer chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/v1/models", exchange -> reply(exchange, "{\"data\":[{\"id\":\"oracle\"}]}"));
        chat.createContext("/v1/chat/completions", exchange -> {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            int length =
                    request.path("messages").path(1).path("content").asText().length();
            reply(
                    exchange,
                    "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"" + length + "\"}}]}");
        });
        chat.start();
        try {
            String[] chatty = {
                "--json",
                "--set",
                "teach.texts=teacher",
                "--set",
                "teach.continuations.samples=1",
                "--set",
                "teach.continuations.chat.model=oracle",
                "--set",
                "teach.continuations.chat.system=Answer by a number.",
                "--set",
                "teach.continuations.chat.url=http://127.0.0.1:"
                        + chat.getAddress().getPort()
            };
            assertThat(run(
                            workspace,
                            "teach",
                            Stream.concat(Stream.of(chatty).skip(1), Stream.of("--plan"))
                                    .toArray(String[]::new)))
                    .contains("80 requests of at most 80 tokens each");
            JsonNode report = JSON.readTree(run(workspace, "teach", chatty));

            JsonNode texts = report.get("stages").get(0);
            assertThat(texts.get("author").asText()).isEqualTo("chat model oracle");
            List<Document> train = documents(texts, corpus(texts), Split.TRAIN);
            assertThat(train).isNotEmpty();
            for (Document document : train) {
                assertThat(document.answer())
                        .isEqualTo(Integer.toString(document.prompt().length()));
            }
        } finally {
            chat.stop(0);
        }
    }

    @Test
    void weightsOfDocumentsAreNotThoseOfWhatIsWritten() throws Exception {
        Path weights = Files.write(other.resolve("weights.parquet"), new byte[] {1});

        CommandLineRun run = begin(workspace, "teach", "--generate", "--weights", weights.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("found both: weights are of documents");
    }

    private static void reply(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    void settingsThatCannotBeMeantAreNamed() throws Exception {
        CommandLineRun run = begin(workspace, "teach", "--generate", "--set", "teach.continuations.temperature=0");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("retort.teach.continuations: expected a temperature above 0 for 4 samples");
    }
}
