package io.retort.distill.teachers.served;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server on the CPU in a process of its own, from an environment that bin/nightly installs. */
final class PythonServer implements AutoCloseable {
    private static final Path WORK = Path.of("target", "served").toAbsolutePath();
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final int LONGEST_STOP_SECONDS = 30;

    private final Process process;
    private final URI url;
    private final Path log;

    private PythonServer(Process process, URI url, Path log) {
        this.process = process;
        this.url = url;
        this.log = log;
    }

    /**
     * How a server is started.
     *
     * @param name of the server; the system property retort.NAME says where its environment is
     * @param command after the name of Python; host and port are added
     * @param variables of its environment
     */
    record Launch(String name, List<String> command, Map<String, String> variables) {
        private String property() {
            return "retort." + name;
        }
    }

    /**
     * Starts a server; the test is left out where there is no environment.
     *
     * @param directory where it starts, so that what it says of its model has no other path in it
     */
    static PythonServer start(Launch launch, Path directory) throws IOException, InterruptedException {
        String environment = System.getProperty(launch.property(), "");
        assumeTrue(
                !environment.isEmpty(),
                "no -D" + launch.property() + "=DIR with " + launch.name() + ", as bin/nightly sets it: left out");
        Files.createDirectories(WORK);
        Path log = WORK.resolve(launch.name() + ".log");
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(environment, "bin/python").toAbsolutePath().toString());
        command.addAll(launch.command());
        command.addAll(List.of("--host=127.0.0.1", "--port=" + port));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(launch.variables());
        PythonServer server = new PythonServer(builder.start(), URI.create("http://127.0.0.1:" + port), log);
        try {
            server.awaitModels();
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitModels() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest models = HttpRequest.newBuilder(url.resolve("/v1/models"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                if (client.send(models, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(500); // nobody listens there yet
            }
        }
        throw new IOException("expected the server to start within " + LONGEST_START.toMinutes() + " minutes, found it "
                + (process.isAlive() ? "silent" : "ended") + "; see " + log);
    }

    URI url() {
        return url;
    }

    /** Ends the server and its engine, which is a process of its own. */
    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
