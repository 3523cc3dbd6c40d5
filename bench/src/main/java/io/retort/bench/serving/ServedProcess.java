package io.retort.bench.serving;

import io.retort.inference.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code serve} in a process of its own, as a user starts it, on a free port. What it says is in a file, so that it can say as much
 * as it likes. Linux only: memory is read from /proc.
 */
public final class ServedProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("serving .*:(\\d+)\\R");
    private static final long START_SECONDS = 300;
    private static final long LOOK_MILLIS = 20;

    private final Process process;
    private final Path log;
    private final int port;

    private ServedProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts a server and waits until it listens; what it says is in a new file of bench/target. */
    public static ServedProcess start(Path bundle, String heap) throws IOException, InterruptedException {
        Path target = Files.createDirectories(Path.of("bench", "target"));
        List<String> serve = List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"), Main.class.getName());
        List<String> arguments = List.of("serve", "--bundle", bundle.toString(), "--port", "0");
        return start(
                Stream.concat(serve.stream(), arguments.stream()).toList(),
                Files.createTempFile(target, "serve-", ".log"));
    }

    /** Starts Java with these arguments and waits until it says in {@code log} where it listens. */
    static ServedProcess start(List<String> java, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java);
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean listens = false;
        try {
            ServedProcess served = new ServedProcess(process, log, awaitPort(process, log));
            listens = true;
            return served;
        } finally {
            if (!listens) {
                process.destroyForcibly();
            }
        }
    }

    private static int awaitPort(Process process, Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        boolean runs = true;
        while (runs && System.nanoTime() < deadline) {
            // Asked before the file is read, so that nothing is missed that a process said before it ended.
            runs = process.isAlive();
            Matcher listening = LISTENING.matcher(Files.readString(log));
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new IOException("expected a server that says where it listens within " + START_SECONDS
                + " s, found none; what it said is in " + log);
    }

    /** The file with what it says. */
    public Path log() {
        return log;
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
        throw new IOException("expected " + name + " in /proc/" + process.pid()
                + "/status, found none: what the server said is in " + log);
    }

    /** Asks the process to stop and returns its exit code. */
    public int stop() throws IOException, InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IOException(
                    "expected the server to stop within 60 s, found it running: what it said is in " + log);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
