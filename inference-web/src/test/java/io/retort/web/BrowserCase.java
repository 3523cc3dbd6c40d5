package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What every browser has to do: answer with the network gone as the JVM does, and fetch weights once. */
final class BrowserCase {
    private static final String CHECKSUMS = "/bundle/SHA256SUMS";

    private BrowserCase() {}

    /** What is done while a browser has a page. */
    @FunctionalInterface
    interface Visit {
        void watch() throws InterruptedException;
    }

    /** @param command of the browser for a URL; it may use {@code temporary} below "browser" */
    static void run(Path temporary, String engine, boolean inWorker, Function<String, List<String>> command)
            throws IOException, URISyntaxException, InterruptedException {
        Path bundle = ParityCase.bundle(temporary.resolve("bundle"));
        try (PageServer server = new PageServer(bundle)) {
            server.start(ParityCase.request(server.origin() + "/bundle", engine, inWorker));
            browse(temporary, command.apply(server.origin() + "/"), () -> {
                assertFirstVisit(server.next(), engine, bundle);
                assertSecondVisit(server);
            });
        }
    }

    /** Sessions as {@link SessionsCase} has them. */
    static void runSessions(Path temporary, String engine, boolean inWorker, Function<String, List<String>> command)
            throws IOException, URISyntaxException, InterruptedException {
        Path bundle = ParityCase.bundle(temporary.resolve("bundle"));
        try (PageServer server = new PageServer(bundle)) {
            server.start(SessionsCase.request(server.origin() + "/bundle", engine, inWorker, bundle));
            browse(
                    temporary,
                    command.apply(server.origin() + "/test/sessions.html"),
                    () -> SessionsCase.assertAsPromised(server.next().body(), bundle));
        }
    }

    /** Starts a browser, and ends it with all that it started. */
    static void browse(Path temporary, List<String> command, Visit visit) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("HOME", temporary.toString());
        Process browser = builder.start();
        try {
            visit.watch();
        } finally {
            List<ProcessHandle> children = browser.descendants().toList();
            browser.destroy();
            browser.waitFor(20, TimeUnit.SECONDS);
            children.forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }
    }

    private static void assertFirstVisit(PageServer.Report report, String engine, Path bundle) {
        ParityCase.assertSameAnswers(report.body(), engine, bundle);
        assertThat(ParityCase.parse(report.body()).member("refused"))
                .as("that the server was gone while the answers were written")
                .isEqualTo(JsonBoolean.TRUE);
        assertThat(report.requested()).contains(CHECKSUMS, "/bundle/experts/math.safetensors");
        assertThat(ofBundle(report)).as("each file once").doesNotHaveDuplicates();
    }

    private static void assertSecondVisit(PageServer server) throws InterruptedException {
        PageServer.Report again = server.next();
        assertThat(ofBundle(again)).as(again.body()).containsExactly(CHECKSUMS);
        assertAllFromCache(again);
        PageServer.Report spoilt = server.next();
        assertThat(ofBundle(spoilt))
                .as("the entry that was spoilt is fetched once more: " + spoilt.body())
                .containsExactlyInAnyOrder(CHECKSUMS, "/bundle/MODEL_CARD.md");
        PageServer.Report offline = server.next();
        assertThat(offline.requested()).as(offline.body()).isEmpty();
        assertAllFromCache(offline);
    }

    private static List<String> ofBundle(PageServer.Report report) {
        return report.requested().stream()
                .filter(path -> path.startsWith("/bundle/"))
                .toList();
    }

    private static void assertAllFromCache(PageServer.Report report) {
        JsonObject progress = ParityCase.parse(report.body());
        assertThat(progress.members()).as(report.body()).doesNotContainKey("error");
        assertThat(ParityCase.number(progress, "bytesFromCache"))
                .isPositive()
                .isEqualTo(ParityCase.number(progress, "bytesTotal"));
    }
}
