package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The browser without a window, which writes what it makes of a page and ends. Everything it keeps is in one directory. */
final class Chromium {
    private static final int LONGEST_MINUTES = 3;

    private final Path directory;

    private Chromium(Path directory) {
        this.directory = directory;
    }

    /** The browser; the test is left out, with a message, where none is installed. */
    static Chromium in(Path directory) {
        assumeTrue(isInstalled("chromium"), "needs chromium on the path");
        return new Chromium(directory);
    }

    /** The document of a page after its scripts have run. */
    String dom(Path page, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--virtual-time-budget=10000", "--dump-dom"));
        return run(page, all);
    }

    /** A page as it is printed. */
    Path pdf(Path page) throws IOException, InterruptedException {
        Path pdf = directory.resolve("page.pdf");
        run(page, List.of("--no-pdf-header-footer", "--print-to-pdf=" + pdf));
        return pdf;
    }

    private String run(Path page, List<String> options) throws IOException, InterruptedException {
        Path out = directory.resolve("browser-out");
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + directory.resolve("browser"),
                "--allow-file-access-from-files",
                "--hide-scrollbars"));
        command.addAll(options);
        command.add(page.toUri().toString());
        Process browser = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("log").toFile())
                .start();
        try {
            assertThat(browser.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                    .as("the browser ended")
                    .isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":", -1))
                .anyMatch(place -> !place.isEmpty() && Files.isExecutable(Path.of(place, program)));
    }
}
