package io.retort.jobs.environments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that a test runs beside ours, with both its streams in a file. It ends, with all that it started, when it is closed:
 * also where the test fails or is interrupted.
 */
public final class LoggedProcess implements AutoCloseable {
    private static final long SECONDS_TO_END = 10;

    private final Process process;
    private final Path log;

    private LoggedProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a program. */
    public static LoggedProcess start(ProcessBuilder builder, Path log) throws IOException {
        return new LoggedProcess(
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    /**
     * Runs a program to its end and returns what it said.
     *
     * @throws IOException if it does not end with 0 within the limit, with what it said
     */
    public static String run(ProcessBuilder builder, Path log, Duration limit)
            throws IOException, InterruptedException {
        try (LoggedProcess process = start(builder, log)) {
            int code = process.await(limit);
            if (code != 0) {
                throw new IOException("expected " + builder.command().get(0) + " to succeed, found exit code " + code
                        + ": " + process.said());
            }
            return process.said();
        }
    }

    /**
     * Waits until it has ended, and returns its exit code.
     *
     * @throws IOException if it has not within the limit, with what it said
     */
    public int await(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("expected " + process.info().command().orElse("a program") + " to end within " + limit
                    + ", found it running: " + said());
        }
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** For its id, and for what it has started. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** What it has said so far. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        boolean ended = false;
        try {
            ended = process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended || all.stream().anyMatch(ProcessHandle::isAlive)) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
