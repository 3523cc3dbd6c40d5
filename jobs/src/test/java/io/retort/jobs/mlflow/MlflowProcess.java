package io.retort.jobs.mlflow;

import io.retort.jobs.environments.PythonEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real MLflow server on loopback with SQLite, one for all tests of this process; it ends with the process. */
public final class MlflowProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static @Nullable MlflowProcess shared;

    private final PythonEnvironment environment;
    private final String url;

    private MlflowProcess(PythonEnvironment environment, String url) {
        this.environment = environment;
        this.url = url;
    }

    /** The server, started if need be. */
    public static synchronized MlflowProcess shared() throws IOException, InterruptedException {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    public String url() {
        return url;
    }

    /** Where Python and mlflow are. */
    public PythonEnvironment environment() {
        return environment;
    }

    /** A port that nobody listens at. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static MlflowProcess start() throws IOException, InterruptedException {
        PythonEnvironment environment = PythonEnvironment.of("mlflow");
        Path directory = Files.createTempDirectory("retort-mlflow");
        int port = freePort();
        Process process = process(
                environment,
                directory,
                List.of(
                        environment.program("mlflow").toString(),
                        "server",
                        "--backend-store-uri",
                        "sqlite:///" + directory.resolve("mlflow.db"),
                        "--artifacts-destination",
                        directory.resolve("artifacts").toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--workers",
                        "1"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop(process);
            delete(directory);
        }));
        String url = "http://127.0.0.1:" + port;
        await(process, url + "/health", directory.resolve("log.txt"));
        return new MlflowProcess(environment, url);
    }

    /** Starts a program of the environment, with its programs first on the path; its output goes to log.txt. */
    static Process process(PythonEnvironment environment, Path directory, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile());
        Path programs = environment.directory().resolve("bin");
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /** Waits until an address answers with 200. */
    static void await(Process process, String address, Path log) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                        .timeout(Duration.ofSeconds(5))
                        .build();
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not there yet.
                Thread.sleep(200);
            }
        }
        stop(process);
        throw new IOException(
                "expected " + address + " to answer within " + PATIENCE + ", found:\n" + Files.readString(log));
    }

    /** Ends a process and all that it started. */
    static void stop(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("left " + directory + ": " + e);
        }
    }
}
