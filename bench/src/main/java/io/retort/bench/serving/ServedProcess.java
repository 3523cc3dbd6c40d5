package io.retort.bench.serving;

import io.retort.inference.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code serve} in a process of its own, as a user starts it, on a free port. Linux only: memory is read from /proc. */
public final class ServedProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private ServedProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server and waits until it listens. */
    public static ServedProcess start(Path bundle, String heap) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--bundle",
                        bundle.toString(),
                        "--port",
                        "0"))
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
        String line =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null || !line.contains("serving")) {
            process.destroyForcibly();
            throw new IOException("expected a server that says where it listens, found: " + line);
        }
        return new ServedProcess(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
    }

    /** The port it listens at. */
    public int port() {
        return port;
    }

    /** Returns a line of /proc/PID/status that is in kB, such as VmRSS or VmHWM, in MB. */
    double megabytes(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("expected " + name + " in /proc/" + process.pid() + "/status, found none");
    }

    /** Asks the process to stop and returns its exit code. */
    public int stop() throws IOException, InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IOException("expected the server to stop within 60 s, found it running");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
