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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** vLLM on the CPU in a process of its own, from the environment that bin/nightly installs. */
final class VllmServer implements AutoCloseable {
    /** Where the environment is. */
    private static final String ENVIRONMENT = "retort.vllm";

    private static final Path WORK = Path.of("target", "vllm-server").toAbsolutePath();
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final int LONGEST_STOP_SECONDS = 30;

    /** One thread, no place on the network to ask, and no pinning to cores that another process has. */
    private static final Map<String, String> VARIABLES = Map.of(
            "OMP_NUM_THREADS", "1",
            "VLLM_CPU_KVCACHE_SPACE", "1",
            "VLLM_CPU_OMP_THREADS_BIND", "nobind",
            "HF_HUB_OFFLINE", "1",
            "VLLM_NO_USAGE_STATS", "1",
            "VLLM_CACHE_ROOT", WORK.resolve("cache").toString());

    private final Process process;
    private final URI url;

    private VllmServer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts the server; the test is left out where there is no environment.
     *
     * @param model directory of the weights; its name is all that the server says of its place
     */
    static VllmServer start(Path model) throws IOException, InterruptedException {
        String environment = System.getProperty(ENVIRONMENT, "");
        assumeTrue(!environment.isEmpty(), "no -D" + ENVIRONMENT + "=DIR with vLLM, as bin/nightly sets it: left out");
        Files.createDirectories(WORK);
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(environment, "bin/python").toAbsolutePath().toString(),
                        "-m",
                        "vllm.entrypoints.openai.api_server",
                        "--model=" + model.getFileName(),
                        "--served-model-name=stories260K",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--dtype=float32",
                        "--enforce-eager",
                        "--max-logprobs=512"))
                .directory(model.resolveSibling(".").toFile())
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve("server.log").toFile());
        builder.environment().putAll(VARIABLES);
        VllmServer server = new VllmServer(builder.start(), URI.create("http://127.0.0.1:" + port));
        try {
            server.awaitHealth();
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

    private void awaitHealth() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(url.resolve("/health"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                if (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(500); // nobody listens there yet
            }
        }
        throw new IOException("expected vLLM to start within " + LONGEST_START.toMinutes() + " minutes, found it "
                + (process.isAlive() ? "silent" : "ended") + "; see " + WORK.resolve("server.log"));
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
