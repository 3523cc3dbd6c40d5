package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.inference.Retort;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.scoring.GenerationLimits;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both builds in Chromium, on the page's thread and in a worker. */
class ChromiumIT {
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
    void theDemoAnswersByKeyboardWithTheNetworkGone() throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(Programs.isInstalled("chromium"), "needs chromium on the path");
        Path bundle = ParityCase.bundle(temporary.resolve("bundle"));
        try (PageServer server = new PageServer(bundle)) {
            server.start("");
            BrowserCase.browse(temporary, command(server.origin() + "/test/demo.html"), () -> {
                JsonObject found = ParityCase.parse(server.next().body());
                byte[] answer = Retort.open(bundle)
                        .generate("2+2=\n".getBytes(StandardCharsets.UTF_8), new GenerationLimits(400))
                        .generation()
                        .bytes();
                assertThat(found)
                        .isEqualTo(new JsonObject(Map.of(
                                "focused",
                                new JsonString("prompt"),
                                "answer",
                                new JsonString(new String(answer, StandardCharsets.UTF_8)),
                                "experts",
                                JsonNumber.of(4L),
                                "labelled",
                                JsonBoolean.TRUE,
                                "problem",
                                JsonBoolean.TRUE)));
            });
        }
    }
}
