package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that sends without end, and files of any size on their way. */
@Timeout(120)
class BoundedAnswersTest {
    private static final String ROOT = "mlflow-artifacts:/1/run/artifacts";
    private static final int STATED = 16 << 20;

    @TempDir
    private Path directory = Path.of("unset");

    private final AtomicLong received = new AtomicLong();
    private LoopbackServer http;

    @BeforeEach
    void start() throws IOException {
        http = LoopbackServer.start();
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private MlflowServer server() {
        return server(Duration.ofSeconds(60));
    }

    private MlflowServer server(Duration patience) {
        return new MlflowServer(http.url(), Credentials.of(Map.of()), Patience.each(patience));
    }

    /** Blanks without end, which JSON may begin with. */
    private void endless(int status) {
        byte[] blanks = new byte[1 << 16];
        Arrays.fill(blanks, (byte) ' ');
        http.answer("/", exchange -> {
            exchange.sendResponseHeaders(status, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(blanks);
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void anAnswerWithoutEndIsAnErrorThatSaysSo(int status) {
        endless(status);

        assertThatThrownBy(() -> server().get("runs/search", Map.of("filter", "x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("to GET /api/2.0/mlflow/runs/search of at most " + STATED + " bytes");
    }

    @Test
    void aFileIsReadUpToTheBytesThatItMayHave() {
        endless(200);

        assertThatThrownBy(() -> server().read(ROOT, "report.zip", directory.resolve("read"), 1000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("report.zip of at most 1000 bytes");
    }

    @Test
    void aFileOfItsMostBytesIsReadWhole() throws Exception {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 7);
        http.answer("/", exchange -> LoopbackServer.send(exchange, 200, bytes));
        Path into = Files.write(directory.resolve("read"), new byte[200_000]);

        server().read(ROOT, "a b/c.bin", into, bytes.length);

        assertThat(into).hasBinaryContent(bytes);
    }

    /** Ten parts, each a good while after the one before, all together later than one call may take. */
    private void slowly(int parts) {
        http.answer("/", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            for (int part = 0; part < parts; part++) {
                exchange.getResponseBody().write(7);
                exchange.getResponseBody().flush();
                try {
                    Thread.sleep(500);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            if (parts == 10) {
                exchange.close();
            }
        });
    }

    @Test
    void aFileThatArrivesSlowlyIsWaitedFor() throws Exception {
        slowly(10);

        server(Duration.ofSeconds(3)).read(ROOT, "report.zip", directory.resolve("read"), 10);

        assertThat(directory.resolve("read")).hasSize(10);
    }

    @Test
    void aServerThatFallsSilentInTheMiddleOfAFileIsGivenUp() {
        slowly(2);

        assertThatThrownBy(() -> server(Duration.ofSeconds(2)).read(ROOT, "report.zip", directory.resolve("read"), 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in time");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 300L << 20})
    void aFileIsSentWithoutBeingInMemory(long length) throws Exception {
        http.answer("/", exchange -> {
            byte[] part = new byte[1 << 16];
            for (int read = exchange.getRequestBody().read(part);
                    read >= 0;
                    read = exchange.getRequestBody().read(part)) {
                received.addAndGet(read);
            }
            assertThat(exchange.getRequestHeaders().getFirst("Transfer-Encoding"))
                    .isNull();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        Path file = directory.resolve("large");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            if (length > 0) {
                channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
            }
        }

        server().put(ROOT, "large", Storage.local(), Location.of(file.toString()));

        assertThat(received).hasValue(length);
    }
}
