package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.inference.Answer;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both builds in Chromium, on the page's thread and in a worker. */
class ChromiumIT {
    /** As demo.html has it. */
    private static final String SCHEMA = """
        {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1, "maximum": 99}}, "required": ["n"]}\
        """;

    @TempDir
    Path temporary = Path.of("");

    private List<String> command(String url) {
        return List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + temporary.resolve("browser"),
                "--remote-debugging-port=0",
                url);
    }

    @ParameterizedTest
    @CsvSource({"webassembly, true", "webassembly, false", "javascript, true"})
    void answersOfflineAsTheJvmDoesAndFetchesWeightsOnce(String engine, boolean inWorker)
            throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(Programs.isInstalled("chromium"), "needs chromium on the path");
        BrowserCase.run(temporary, engine, inWorker, this::command);
    }

    @ParameterizedTest
    @CsvSource({"webassembly, true", "webassembly, false", "javascript, false"})
    void schemasToolsWindowsAndMemoryAreAsPromised(String engine, boolean inWorker)
            throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(Programs.isInstalled("chromium"), "needs chromium on the path");
        Path bundle = ParityCase.bundle(temporary.resolve("bundle"));
        try (PageServer server = new PageServer(bundle)) {
            server.start(ParityCase.request(server.origin() + "/bundle", engine, inWorker));
            BrowserCase.browse(
                    temporary,
                    command(server.origin() + "/test/structured.html"),
                    () -> StructuredCase.assertAsPromised(server.next().body(), bundle));
        }
    }

    @ParameterizedTest
    @CsvSource({"webassembly, true", "webassembly, false", "javascript, true"})
    void sessionsAndOptionsOfTextsAreThoseOfTheJvm(String engine, boolean inWorker)
            throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(Programs.isInstalled("chromium"), "needs chromium on the path");
        BrowserCase.runSessions(temporary, engine, inWorker, this::command);
    }

    @Test
    void theDemoAnswersByKeyboardWithTheNetworkGoneAndInJsonOnceItHasThatBuild()
            throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(Programs.isInstalled("chromium"), "needs chromium on the path");
        Path bundle = ParityCase.bundle(temporary.resolve("bundle"));
        try (PageServer server = new PageServer(bundle)) {
            server.start("");
            BrowserCase.browse(temporary, command(server.origin() + "/test/demo.html"), () -> {
                JsonObject found = ParityCase.parse(server.next().body());
                GenerationOptions greedy = GenerationOptions.greedy(new GenerationLimits(400));
                JsonSchema schema = JsonSchema.parse(SCHEMA.getBytes(StandardCharsets.UTF_8));
                String answer = answer(bundle, greedy);
                assertThat(found).isEqualTo(ParityCase.parse("""
                    {"focused": "prompt", "answer": %1$s, "experts": 4, "labelled": true, "problem": true,
                     "json": {"offline": {"checked": false, "panel": true, "again": %1$s}, "switchKeepsFocus": true,
                      "expanded": "true", "answer": %2$s, "onLines": true,
                      "refused": {"focused": "schema", "note": true, "prompt": "kept", "asked": 0}}}\
                    """.formatted(
                                answer, answer(bundle, greedy.under(schema.constraint())))));
            });
        }
    }

    /** What the JVM answers, as a string of JSON. */
    private static String answer(Path bundle, GenerationOptions options) {
        byte[] prompt = "2+2=\n".getBytes(StandardCharsets.UTF_8);
        Answer answer = Retort.open(bundle).generate(prompt, options, ExpertSelection.routed(), ByteListener.NONE);
        String text = new String(answer.generation().bytes(), StandardCharsets.UTF_8);
        return JsonWriter.compact(new JsonString(text));
    }
}
