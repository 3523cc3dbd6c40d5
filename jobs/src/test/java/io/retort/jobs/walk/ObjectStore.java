package io.retort.jobs.walk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.jobs.environments.FreePort;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A server of S3's API on loopback with one bucket: it checks signatures, and knows multipart uploads and conditional
 * writes. Its objects are files in a directory.
 */
final class ObjectStore implements AutoCloseable {
    static final String BUCKET = "retort";
    static final String ACCESS_KEY = "tests";
    static final String SECRET_KEY = "not-a-secret";
    private static final Path INSTALL =
            Path.of("..", "bin", "s3-server").toAbsolutePath().normalize();
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private final Path objects;
    private final int port;
    private final Process process;

    /** Starts the server; the test is left out where there is no Go to build it. */
    ObjectStore(Path directory) throws IOException, InterruptedException {
        assumeTrue(hasGo(), "no go: left out");
        this.objects = Files.createDirectories(directory.resolve("objects"));
        Files.createDirectories(objects.resolve(BUCKET));
        // A place of its own for what a file system may have no attributes for.
        Path metadata = Files.createDirectories(directory.resolve("metadata"));
        this.port = FreePort.next();
        ProcessBuilder builder = new ProcessBuilder(
                        program(),
                        "--port",
                        "127.0.0.1:" + port,
                        "--keep-alive",
                        "posix",
                        "--sidecar",
                        metadata.toString(),
                        objects.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile());
        builder.environment().put("ROOT_ACCESS_KEY", ACCESS_KEY);
        builder.environment().put("ROOT_SECRET_KEY", SECRET_KEY);
        this.process = builder.start();
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException(
                        "expected a server that listens, found: " + Files.readString(directory.resolve("server.log")));
            }
            Thread.sleep(50);
        }
    }

    private static boolean hasGo() throws InterruptedException {
        try {
            return new ProcessBuilder("go", "version")
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String program() throws IOException, InterruptedException {
        Process install = new ProcessBuilder(INSTALL.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        String printed = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (install.waitFor() != 0) {
            throw new IOException("expected " + INSTALL + " to succeed, found exit code " + install.exitValue());
        }
        return printed;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where a workspace of that name is. */
    static String workspace(String name) {
        return "s3a://" + BUCKET + "/" + name;
    }

    /** As {@link Walk#words(String, Path, String...)}, on a workspace of that name in the store. */
    static String[] words(String command, String name, String... more) throws IOException, InterruptedException {
        return Walk.words(command, workspace(name), more);
    }

    /** Hadoop's settings that reach the bucket. Small parts, so that a few megabytes are a multipart upload. */
    Map<String, String> hadoop() {
        return new TreeMap<>(Map.of(
                "fs.s3a.endpoint", "http://127.0.0.1:" + port,
                "fs.s3a.endpoint.region", "us-east-1",
                "fs.s3a.path.style.access", "true",
                "fs.s3a.connection.ssl.enabled", "false",
                "fs.s3a.access.key", ACCESS_KEY,
                "fs.s3a.secret.key", SECRET_KEY,
                "fs.s3a.multipart.size", "5M",
                "fs.s3a.multipart.threshold", "5M",
                "fs.s3a.attempts.maximum", "3"));
    }

    /** The same as properties of Spark. */
    Map<String, String> spark() {
        Map<String, String> settings = new TreeMap<>();
        hadoop().forEach((name, value) -> settings.put("spark.hadoop." + name, value));
        return settings;
    }

    /** The jars that Hadoop needs for it, of those on this process' class path. */
    static List<String> jars() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(jar -> jar.matches(
                        ".*/(org/apache/hadoop/hadoop-aws|software/amazon|org/apache/httpcomponents|commons-logging"
                                + "|org/reactivestreams)/.*"))
                .toList();
    }

    /** The bucket as the directory that the server keeps it in. */
    Path bucket() {
        return objects.resolve(BUCKET);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
