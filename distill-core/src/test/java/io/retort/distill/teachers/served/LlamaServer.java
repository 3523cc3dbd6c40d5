package io.retort.distill.teachers.served;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** llama.cpp's own server in a process of its own, from a wheel that is installed under target/ when it is not yet. */
final class LlamaServer implements AutoCloseable {
    private static final Path SCRIPTS =
            Path.of("src", "test", "resources", "served").toAbsolutePath();

    private final Process process;
    private final URI url;

    private LlamaServer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts the server; the test is left out where there is no Python, no wheel or no weights. */
    static LlamaServer start(Path weights) throws IOException, InterruptedException {
        assumeTrue(hasPython(), "no python3: left out");
        Path python = environment().resolve("bin/python");
        Path log = Files.createDirectories(Path.of("target")).resolve("llama-server.log");
        Process process = new ProcessBuilder(
                        python.toString(), SCRIPTS.resolve("llama_server.py").toString(), weights.toString())
                .redirectError(log.toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("serving ")) {
                return new LlamaServer(process, URI.create(line.substring("serving ".length())));
            }
        }
        throw new IOException("expected the server to start, found an end; see " + log);
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private static Path environment() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("../bin/python-environment", "llama-server")
                .redirectError(Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(
                    "expected llama.cpp's server to be installed, found exit code " + process.exitValue());
        }
        return Path.of(printed);
    }

    URI url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroyForcibly();
    }
}
