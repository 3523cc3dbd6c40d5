package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** WCAG 2.2: contrast of text at least 4.5 (criterion 1.4.3), of what a figure is drawn with at least 3 (1.4.11). */
class ColoursTest {
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6});");

    @Test
    void areReadableInLightAndInDark() throws IOException {
        String css;
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        int dark = css.indexOf("@media (prefers-color-scheme: dark)");
        Map<String, Integer> light = colours(css.substring(0, dark));
        Map<String, Integer> night = new HashMap<>(light);
        night.putAll(colours(css.substring(dark, css.indexOf("box-sizing"))));
        assertThat(night).isNotEqualTo(light);
        for (Map<String, Integer> colours : List.of(light, night)) {
            for (String text : List.of("text", "muted", "accent", "right", "wrong")) {
                for (String ground : List.of("bg", "surface")) {
                    assertThat(contrast(colours, text, ground))
                            .as("%s on %s", text, ground)
                            .isGreaterThanOrEqualTo(4.5);
                }
            }
            for (String mark : List.of("teacher", "expert", "ensemble", "counting", "floor")) {
                assertThat(contrast(colours, mark, "bg")).as(mark).isGreaterThanOrEqualTo(3);
            }
            assertThat(contrast(colours, "strong-cell", "expert"))
                    .as("strong cell")
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    private static Map<String, Integer> colours(String css) {
        Map<String, Integer> colours = new HashMap<>();
        Matcher matcher = COLOUR.matcher(css);
        while (matcher.find()) {
            colours.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
        }
        return colours;
    }

    private static double contrast(Map<String, Integer> colours, String one, String other) {
        double first = luminance(colour(colours, one));
        double second = luminance(colour(colours, other));
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static int colour(Map<String, Integer> colours, String name) {
        Integer colour = colours.get(name);
        if (colour == null) {
            throw new AssertionError("the style sheet has no colour " + name);
        }
        return colour;
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xFF) + 0.7152 * linear(rgb >> 8 & 0xFF) + 0.0722 * linear(rgb & 0xFF);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
