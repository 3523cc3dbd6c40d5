package io.retort.inference.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.http.RawClient;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir
    Path temporary = Path.of("");

    private String bundle = "";
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = TinyBundle.write(TinyBundle.files(List.of("math", "coding")), temporary.resolve("bundle"))
                .toString();
    }

    private void assertRefused(String message, String... words) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        int code = new InferenceCommandLine(InputStream.nullInputStream(), OutputStream.nullOutputStream(), errors)
                .run(words);
        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("retort-inference: ")
                .contains(message)
                .hasLineCount(1);
        err.reset();
    }

    @Test
    void whatCannotBeServedIsTold() throws IOException {
        assertRefused("expected --bundle", "serve");
        assertRefused(
                "found nothing", "serve", "--bundle", temporary.resolve("none").toString());
        assertRefused("expected one of the options", "serve", "--bundle", bundle, "--daemon");
        assertRefused("expected options alone", "serve", "--bundle", bundle, "x");
        assertRefused("expected --port of 0 to 65535", "serve", "--bundle", bundle, "--port", "70000");
        assertRefused("expected --max-memory of 1", "serve", "--bundle", bundle, "--max-memory", "0");
        assertRefused("expected a signature", "serve", "--bundle", bundle, "--trust", "0".repeat(64));
        assertRefused("expected --threads of 1", "serve", "--bundle", bundle, "--threads", "0");
        assertRefused("expected a file with a token", "serve", "--bundle", bundle, "--token-file", bundle + "/none");
        assertRefused("without a port", "serve", "--bundle", bundle, "--allow-host", "a.example.org,b:80");
        Path empty = Files.createFile(temporary.resolve("empty"));
        assertRefused("expected a token", "serve", "--bundle", bundle, "--token-file", empty.toString());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertRefused("expected an address to listen at", "serve", "--bundle", bundle, "--port", port);
        }
    }

    @Test
    void aProcessThatIsAskedToStopAnswersWhatHasBegunAndEndsWithZero() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes(),
                        Main.class.getName(),
                        "serve",
                        "--bundle",
                        bundle,
                        "--port",
                        "0")
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String serving = lines.readLine();
            assertThat(serving).startsWith("retort-inference: serving tiny 1.0.0 at http://127.0.0.1:");
            int port = Integer.parseInt(serving.substring(serving.lastIndexOf(':') + 1));
            try (RawClient client = new RawClient(port)) {
                client.send(
                        "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 29\r\n\r\n");
                assertThat(client.response()).startsWith("HTTP/1.1 100 ");
                // Process.destroy would close the streams that are read below.
                process.toHandle().destroy();
                client.send("{\"prompt\":\"x\",\"max_tokens\":3}");
                assertThat(client.all()).startsWith("HTTP/1.1 200 OK").contains("text_completion");
            }
            assertThat(lines.readLine()).isEqualTo("retort-inference: stopped, all requests answered");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Where this build's classes are. */
    private static String classes() throws URISyntaxException {
        return Path.of(Main.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }
}
