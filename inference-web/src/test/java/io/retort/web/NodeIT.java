package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.retort.inference.Retort;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.scoring.GenerationLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both builds in Node, the one in WebAssembly where this Node knows WebAssembly GC. */
class NodeIT {
    @TempDir
    Path temporary = Path.of("");

    private Path bundle = Path.of("");

    @BeforeEach
    void writeBundle() throws IOException {
        assumeTrue(Programs.isInstalled("node"), "needs node on the path");
        bundle = ParityCase.bundle(temporary.resolve("bundle"));
    }

    /** Asks as the package itself does: whether a module that declares a structure is valid. */
    private static boolean knowsWebAssemblyGc() throws IOException {
        String script = "console.log(WebAssembly.validate(new Uint8Array("
                + "[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 95, 1, 127, 0])))";
        return Programs.run(List.of("node", "-e", script)).strip().equals("true");
    }

    private static String script(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(NodeIT.class.getResource(name)).toURI())
                .toString();
    }

    private static String packaged() {
        return ParityCase.npm().resolve("retort.node.js").toUri().toString();
    }

    private String ask() throws IOException, URISyntaxException {
        return askAt(bundle.toString(), "javascript", false);
    }

    private static String askAt(String bundle, String engine, boolean inWorker) throws IOException, URISyntaxException {
        return Programs.run(
                List.of("node", script("/node.js"), packaged(), ParityCase.request(bundle, engine, inWorker)));
    }

    @ParameterizedTest
    @CsvSource({"javascript, false", "javascript, true", "webassembly, true"})
    void answersEqualTheJvms(String engine, boolean inWorker) throws IOException, URISyntaxException {
        assumeTrue(engine.equals("javascript") || knowsWebAssemblyGc(), "needs a node with WebAssembly GC");
        ParityCase.assertSameAnswers(askAt(bundle.toUri().toString(), engine, inWorker), engine, bundle);
    }

    /** Node without its compilers has no WebAssembly, as browsers in modes that protect. */
    @ParameterizedTest
    @CsvSource({"--jitless, WebAssembly is not defined", "--import=, no room here"})
    void aHostWithoutVectorsOrWithoutRoomForThemAnswersTheSameAndSaysWhy(String option, String why)
            throws IOException, URISyntaxException {
        String refusing = option.endsWith("=")
                ? option + Path.of(script("/refuse-memory.js")).toUri()
                : option;
        String request = ParityCase.request(bundle.toString(), "javascript", false);
        String printed = Programs.run(List.of("node", refusing, script("/node.js"), packaged(), request));
        ParityCase.assertSameAnswers(printed, "javascript", "engine", bundle);
        assertThat(ParityCase.parse(printed).member("loopsProblem")).isEqualTo(new JsonString(why));
    }

    /** As somebody has it who installed the package. */
    @Test
    void theExampleScriptWritesWhatTheJvmAnswers() throws IOException {
        Path modules = Files.createDirectories(temporary.resolve("node_modules"));
        Files.createSymbolicLink(modules.resolve("retort-inference"), ParityCase.npm());
        Path example = Path.of("../examples/embedding/ask.mjs");
        Path script = Files.copy(example, temporary.resolve("ask.mjs"));
        byte[] answer = Retort.open(bundle)
                .generate("2 + 2 =\n".getBytes(StandardCharsets.US_ASCII), new GenerationLimits(200))
                .generation()
                .bytes();
        assertThat(Programs.run(List.of("node", script.toString(), bundle.toString(), "2 + 2 =")))
                .startsWith(new String(answer, StandardCharsets.UTF_8))
                .contains("% sure; first byte: ");
    }

    /** What editors complete is what a host has: members, options and codes of errors. */
    @Test
    void theTypesNameAllThatIsThereAndNothingElse() throws IOException, URISyntaxException {
        JsonObject onlyInOne = ParityCase.parse(Programs.run(
                List.of("node", script("/types.js"), ParityCase.npm().toString(), bundle.toString())));
        assertThat(onlyInOne.members()).hasSizeGreaterThan(10);
        onlyInOne
                .members()
                .forEach((what, names) -> assertThat(names)
                        .as("names of " + what + " that are in one of retort.d.ts and the package alone")
                        .isEqualTo(new JsonArray(List.of())));
    }

    /** Expected values are those of the contract in retort.d.ts. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestCanBeCancelledAndOthersHaveTheirTurn(boolean inWorker) throws IOException, URISyntaxException {
        String options = "{\"bundle\": \"" + bundle + "\", \"enableWebWorkers\": " + inWorker + "}";
        String printed = Programs.run(List.of("node", script("/cancelling.js"), packaged(), options));
        assertThat(ParityCase.parse(printed))
                .isEqualTo(ParityCase.parse("{\"outcome\": \"AbortError\", \"toldMore\": 0,"
                        + "\"order\": [\"short\", \"long\"], \"ticked\": true, \"same\": true,"
                        + "\"thrown\": \"the listener's own\", \"left\": \"closed\", \"closed\": \"closed\"}"));
    }

    @Test
    void whoWaitsForMemoryHearsAnAbortAndIsPassedByFewAndPiecesOfTextsAreNotTooSmall()
            throws IOException, URISyntaxException {
        String library = ParityCase.npm().resolve("lib/session.js").toUri().toString();
        String printed = Programs.run(List.of("node", script("/waiting.js"), library));
        // One small answer was there before the large one asked, and eight may pass it.
        assertThat(ParityCase.parse(printed)).isEqualTo(ParityCase.parse("""
                {"aborts": ["AbortError", "first"], "passes": 9, "order": [10, 8, 9, "memory", 7],
                 "pieces": [[1, 1], [8, 8]]}\
                """));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void schemasToolsWindowsAndMemoryAreAsPromised(boolean inWorker)
            throws IOException, URISyntaxException, InterruptedException {
        String options = "{\"bundle\": \"" + bundle + "\", \"enableWebWorkers\": " + inWorker + "}";
        String printed = Programs.run(List.of("node", script("/structured-node.js"), packaged(), options));
        StructuredCase.assertAsPromised(printed, bundle);
    }

    @ParameterizedTest
    @CsvSource({"javascript, false", "javascript, true", "webassembly, true"})
    void sessionsAndOptionsOfTextsAreThoseOfTheJvm(String engine, boolean inWorker)
            throws IOException, URISyntaxException {
        assumeTrue(engine.equals("javascript") || knowsWebAssemblyGc(), "needs a node with WebAssembly GC");
        Path asked = temporary.resolve("asked.json");
        Files.writeString(asked, SessionsCase.request(bundle.toString(), engine, inWorker, bundle));
        String printed = Programs.run(List.of("node", script("/sessions-node.js"), packaged(), asked.toString()));
        SessionsCase.assertAsPromised(printed, bundle);
    }

    @Test
    void aFileLargerThanTheManifestSaysIsNotRead() throws IOException, URISyntaxException {
        Path card = bundle.resolve("MODEL_CARD.md");
        try (RandomAccessFile file = new RandomAccessFile(card.toFile(), "rw")) {
            file.setLength((4 << 20) + 1);
        }
        assertThat(ask()).contains("expected at most 7 bytes of").contains("found 4194305");
    }

    @Test
    void aServerThatAnnouncesNothingIsStoppedWhereItSendsTooMuch() throws IOException, URISyntaxException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            // A length of 0 stands for one that is not announced.
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(new byte[(1 << 20) + 1]);
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            assertThat(askAt(url, "javascript", false))
                    .contains("expected at most 1048576 bytes of " + url + "SHA256SUMS");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void moreFilesThanAnyBundleHasAreNotFetched() throws IOException, URISyntaxException {
        StringBuilder checksums = new StringBuilder();
        for (int i = 0; i < 520; i++) {
            checksums.append("0".repeat(64)).append("  f").append(i).append(".json\n");
        }
        Files.writeString(bundle.resolve("SHA256SUMS"), checksums);
        assertThat(ask()).contains("expected at most 519 files in SHA256SUMS, found 520");
    }

    @Test
    void aFlippedBitIsRefusedWithTheRuntimesMessage() throws IOException, URISyntaxException {
        Path weights = bundle.resolve("experts/math.safetensors");
        byte[] content = Files.readAllBytes(weights);
        content[content.length - 1] ^= 1;
        Files.write(weights, content);
        assertThat(ask()).contains("experts/math.safetensors: expected SHA-256");
    }

    @Test
    void aPathOutOfTheBundleIsNotFetched() throws IOException, URISyntaxException {
        Files.writeString(bundle.resolve("SHA256SUMS"), "0".repeat(64) + "  ../secret.json\n");
        Files.writeString(temporary.resolve("secret.json"), "{}");
        assertThat(ask()).contains("expected the path of a bundle's file in SHA256SUMS");
    }
}
