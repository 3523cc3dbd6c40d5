package io.retort.distill.teachers.served;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** llama.cpp's own server in a process of its own, from a wheel that is installed under target/ when it is not yet. */
final class LlamaServer implements AutoCloseable {
    private static final Path ENVIRONMENT = Path.of("target", "llama-server").toAbsolutePath();
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
        assumeTrue(run(List.of("python3", "--version")), "no python3: left out");
        Path python = ENVIRONMENT.resolve("bin/python");
        Path installed = ENVIRONMENT.resolve("installed");
        if (!Files.exists(installed)) {
            assumeTrue(run(List.of("python3", "-m", "venv", ENVIRONMENT.toString())), "no venv for python3: left out");
            boolean there = run(List.of(
                    python.toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--require-hashes",
                    "-r",
                    SCRIPTS.resolve("llama-server-requirements.txt").toString()));
            assumeTrue(there, "llama.cpp's server cannot be installed: left out");
            Files.createFile(installed);
        }
        Process process = new ProcessBuilder(
                        python.toString(), SCRIPTS.resolve("llama_server.py").toString(), weights.toString())
                .redirectError(new File(ENVIRONMENT.toFile(), "server.log"))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("serving ")) {
                return new LlamaServer(process, URI.create(line.substring("serving ".length())));
            }
        }
        throw new IOException("expected the server to start, found an end; see " + ENVIRONMENT.resolve("server.log"));
    }

    private static boolean run(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
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
