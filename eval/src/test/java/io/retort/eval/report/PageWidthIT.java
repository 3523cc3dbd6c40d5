package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a browser, where one is installed: nothing sticks out at the width of a phone, nor at that of a desk. */
class PageWidthIT {
    private static final Pattern MEASURED = Pattern.compile("measured (\\d+) of (\\d+)");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"report, 390", "report, 1280", "comparison, 390", "comparison, 1280"})
    void nothingSticksOut(String page, int width) throws IOException, InterruptedException {
        Chromium browser = Chromium.in(directory);
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
        Matcher measured = MEASURED.matcher(browser.dom(directory.resolve("frame.html")));
        assertThat(measured.find()).as("the browser measured the page").isTrue();
        assertThat(Integer.parseInt(measured.group(1)))
                .as("scroll width of the %s at %d pixels", page, width)
                .isEqualTo(width);
    }
}
