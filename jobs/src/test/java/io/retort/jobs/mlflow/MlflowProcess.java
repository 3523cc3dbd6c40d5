package io.retort.jobs.mlflow;

import io.retort.jobs.environments.FreePort;
import io.retort.jobs.environments.LoggedProcess;
import io.retort.jobs.environments.PythonEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real MLflow server on loopback with SQLite. */
public final class MlflowProcess implements AutoCloseable {
    /** MLflow tells its makers of its use unless it is told not to. */
    public static final Map<String, String> SILENCE =
            Map.of("MLFLOW_DISABLE_TELEMETRY", "true", "DO_NOT_TRACK", "true");

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static @Nullable MlflowProcess shared;

    private final PythonEnvironment environment;
    private final String url;
    private final LoggedProcess process;
    private final Path directory;

    private MlflowProcess(PythonEnvironment environment, String url, LoggedProcess process, Path directory) {
        this.environment = environment;
        this.url = url;
        this.process = process;
        this.directory = directory;
    }

    /** One for all tests of this process, started if need be; it ends with the process. */
    public static synchronized MlflowProcess shared() throws IOException, InterruptedException {
        if (shared == null) {
            MlflowProcess server = start(Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            shared = server;
        }
        return shared;
    }

    /** One of its own, with more in its environment and more options. */
    static MlflowProcess start(Map<String, String> variables, String... options)
            throws IOException, InterruptedException {
        PythonEnvironment environment = PythonEnvironment.of("mlflow");
        Path directory = Files.createTempDirectory("retort-mlflow");
        int port = FreePort.next();
        List<String> words = new ArrayList<>(List.of(
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
        words.addAll(List.of(options));
        ProcessBuilder builder = program(environment, words).directory(directory.toFile());
        builder.environment().putAll(variables);
        String url = "http://127.0.0.1:" + port;
        return new MlflowProcess(environment, url, started(builder, directory, url + "/health"), directory);
    }

    public String url() {
        return url;
    }

    /** Where Python and mlflow are. */
    public PythonEnvironment environment() {
        return environment;
    }

    /** A program of the environment, with its programs first on the path, that knows this server. */
    public ProcessBuilder client(String... words) {
        ProcessBuilder builder = program(environment, List.of(words));
        builder.environment().put("MLFLOW_TRACKING_URI", url);
        return builder;
    }

    private static ProcessBuilder program(PythonEnvironment environment, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        Path programs = environment.directory().resolve("bin");
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(SILENCE);
        return builder;
    }

    /** Starts a server and waits until an address answers with 200; a server that does not leaves nothing behind. */
    static LoggedProcess started(ProcessBuilder builder, Path directory, String address)
            throws IOException, InterruptedException {
        LoggedProcess process = LoggedProcess.start(builder, directory.resolve("log.txt"));
        boolean answers = false;
        try {
            answers = answers(process, address);
            if (!answers) {
                throw new IOException(
                        "expected " + address + " to answer within " + PATIENCE + ", found:\n" + process.said());
            }
            return process;
        } finally {
            if (!answers) {
                process.close();
                delete(directory);
            }
        }
    }

    private static boolean answers(LoggedProcess process, String address) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException e) {
                // Not there yet.
            }
            Thread.sleep(200);
        }
        return false;
    }

    @Override
    public void close() {
        process.close();
        delete(directory);
    }

    static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("left " + directory + ": " + e);
        }
    }
}
