package io.retort.bench.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs one build of the package.
 *
 * @param name of the host and the build, for the table and for what it asks of the server
 */
record WebHost(String name, String program, String engine) {
    static final List<WebHost> ALL = List.of(
            new WebHost("node-javascript", "node", "javascript"),
            new WebHost("chromium-webassembly", "chromium", "webassembly"),
            new WebHost("chromium-javascript", "chromium", "javascript"),
            new WebHost("firefox-webassembly", "firefox-esr", "webassembly"),
            new WebHost("firefox-javascript", "firefox-esr", "javascript"));

    /** Whether the program is there: it can say its version. */
    boolean isInstalled() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts it with a home of its own below {@code scratch}. */
    Process start(String origin, Path npm, Path scratch) throws IOException {
        Path home = Files.createDirectories(scratch.resolve(name));
        String page = origin + "/web/rounds.html?host=" + name + "&engine=" + engine;
        List<String> command = new ArrayList<>(List.of(program));
        switch (program) {
            case "node" ->
                command.addAll(List.of(
                        "bench/web/rounds.js",
                        origin,
                        name,
                        engine,
                        npm.resolve("retort.node.js").toUri().toString()));
            case "chromium" ->
                command.addAll(List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-background-timer-throttling",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + home,
                        page));
            default -> command.addAll(List.of("--headless", "--no-remote", "--profile", home.toString(), page));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log.txt").toFile());
        builder.environment().put("HOME", home.toString());
        return builder.start();
    }

    /** Ends a process that {@link #start} started, with those that it started. */
    static void end(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        process.waitFor(20, TimeUnit.SECONDS);
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
