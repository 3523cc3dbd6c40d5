package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a browser that prefers light or dark, and on paper: text can be read in all of them. */
class PageColoursIT {
    /** WCAG 2.2, success criterion 1.4.3, for text of ordinary size. */
    private static final double LEAST_CONTRAST = 4.5;

    private static final Pattern PREFERENCE = Pattern.compile("prefers (dark|light)");
    private static final Pattern COLOURS =
            Pattern.compile("\\[(\\w+) rgb\\((\\d+), (\\d+), (\\d+)\\) on rgb\\((\\d+), (\\d+), (\\d+)\\)]");
    private static final Pattern PDF_PAGE = Pattern.compile("/Type\\s*/Page\\b(?!s)");

    /** What a browser computes for each element that has text of its own; figures are graphics, and have rules of theirs. */
    private static final String MEASURING = """
            <!DOCTYPE html><html style="color-scheme: light dark">
            <iframe id="page" src="page.html" style="border:0;width:1000px;height:900px"></iframe>
            <p id="found"></p><script>
            const page = document.getElementById("page");
            const clear = colour => colour === "rgba(0, 0, 0, 0)" || colour === "transparent";
            page.onload = () => {
              const view = page.contentWindow, found = new Set();
              for (const element of page.contentDocument.body.querySelectorAll("*:not(svg, svg *)")) {
                if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
                let behind = element;
                while (behind && clear(view.getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
                const on = behind ? view.getComputedStyle(behind).backgroundColor : "none";
                found.add("[" + element.localName + " " + view.getComputedStyle(element).color + " on " + on + "]");
              }
              const dark = view.matchMedia("(prefers-color-scheme: dark)").matches;
              document.getElementById("found").textContent = "prefers " + (dark ? "dark " : "light ") + [...found].join("");
            };
            </script></html>
            """;

    @TempDir
    Path directory;

    private Path page(String name) throws IOException {
        String html = name.equals("report")
                ? HtmlReport.of(SyntheticReport.data())
                : ComparisonReport.of(SyntheticComparison.data());
        return Files.writeString(directory.resolve("page.html"), html);
    }

    @ParameterizedTest
    @CsvSource({"report, dark, 0", "report, light, 1", "comparison, dark, 0", "comparison, light, 1"})
    void everyTextStandsOutFromWhatIsBehindIt(String page, String scheme, int setting)
            throws IOException, InterruptedException {
        page(page);
        Path frame = Files.writeString(directory.resolve("frame.html"), MEASURING);

        String dom = Chromium.in(directory).dom(frame, "--blink-settings=preferredColorScheme=" + setting);

        Matcher preference = PREFERENCE.matcher(dom);
        assertThat(preference.find()).as("the browser measured the page").isTrue();
        assertThat(preference.group(1)).isEqualTo(scheme);
        String found = dom.substring(preference.start(), dom.indexOf('<', preference.start()));
        List<String> elements = new ArrayList<>();
        Matcher colours = COLOURS.matcher(found);
        while (colours.find()) {
            elements.add(colours.group(1));
            double text = luminance(colours, 2);
            double behind = luminance(colours, 5);
            assertThat(behind < 0.5)
                    .as("the ground is %s: %s", scheme, colours.group())
                    .isEqualTo(scheme.equals("dark"));
            assertThat((Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05))
                    .as("contrast of %s", colours.group())
                    .isGreaterThanOrEqualTo(LEAST_CONTRAST);
        }
        assertThat(found.chars().filter(c -> c == '[').count())
                .as("all were understood: %s", found)
                .isEqualTo(elements.size());
        assertThat(elements).contains("p", "a", "h1", "td");
    }

    /** WCAG's relative luminance of a colour whose channels are three groups. */
    private static double luminance(Matcher colours, int first) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int channel = 0; channel < weights.length; channel++) {
            double value = Integer.parseInt(colours.group(first + channel)) / 255.0;
            sum += weights[channel] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "comparison"})
    void itCanBePrinted(String page) throws IOException, InterruptedException {
        Path pdf = Chromium.in(directory).pdf(page(page));

        // Its dictionaries are text; streams, which are compressed, are read as whatever.
        String text = Files.readString(pdf, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF-").contains("%%EOF");
        assertThat(PDF_PAGE.matcher(text).results().count()).as("pages").isPositive();
    }
}
