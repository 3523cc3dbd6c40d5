package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a browser, where one is installed: nothing sticks out at the width of a phone, nor at that of a desk. */
class PageWidthIT {
    private static final Pattern MEASURED = Pattern.compile("measured (\\d+) of (\\d+)");
    private static final int LONGEST_MINUTES = 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"report, 390", "report, 1280", "comparison, 390", "comparison, 1280"})
    void nothingSticksOut(String page, int width) throws IOException, InterruptedException {
        assumeTrue(isInstalled("chromium"), "needs chromium on the path");
        String html = page.equals("report")
                ? HtmlReport.of(SyntheticReport.data())
                : ComparisonReport.of(SyntheticComparison.data());
        Files.writeString(directory.resolve("page.html"), html);
        // A headless window has a least width; a frame has none. The page's own policy lets no script run in it.
        Files.writeString(directory.resolve("frame.html"), """
                <!DOCTYPE html><iframe id="page" src="page.html" style="border:0;width:%1$dpx;height:900px"></iframe>
                <p id="found"></p><script>
                const page = document.getElementById("page");
                page.onload = () => {
                  const root = page.contentDocument.documentElement;
                  document.getElementById("found").textContent = "measured " + root.scrollWidth + " of " + %1$d;
                };
                </script>
                """.formatted(width));
        Matcher measured = MEASURED.matcher(dom(directory.resolve("frame.html")));
        assertThat(measured.find()).as("the browser measured the page").isTrue();
        assertThat(Integer.parseInt(measured.group(1)))
                .as("scroll width of the %s at %d pixels", page, width)
                .isEqualTo(width);
    }

    private String dom(Path page) throws IOException, InterruptedException {
        Path out = directory.resolve("dom.html");
        Process browser = new ProcessBuilder(List.of(
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
                        "--hide-scrollbars",
                        "--virtual-time-budget=10000",
                        "--dump-dom",
                        page.toUri().toString()))
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
