package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.eval.report.HeatMapPage.Section;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HeatMapPageTest {
    private static final String HOSTILE = "</title><script>alert(1)</script> \"&' https://example.org \u202e";

    private static HeatMap map(int rows, int columns) {
        double[][] values = new double[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[r][c] = r == 1 && c == 1 ? Double.NaN : (double) (r * columns + c) / (rows * columns - 1);
            }
        }
        return new HeatMap(HOSTILE, HOSTILE, labels(rows), labels(columns), values, 1, 2);
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> HOSTILE + i).toList();
    }

    private static String page(HeatMap... maps) {
        Section section = new Section(
                "one",
                HOSTILE,
                List.of(HOSTILE),
                List.of(new HeatMapPage.Figures(List.of(HOSTILE, "b"), List.of(List.of(HOSTILE, "2")))),
                List.of(maps),
                Map.of(HOSTILE, HOSTILE));
        return new HeatMapPage(HOSTILE, HOSTILE, List.of(section), HOSTILE).html();
    }

    private static Element parsed(String page) throws Exception {
        byte[] xml = page.substring(page.indexOf('\n')).strip().getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement();
    }

    @Test
    void hostileTextStaysTextAndNothingIsLoaded() throws Exception {
        Element html = parsed(page(map(2, 3), map(30, 40)));

        assertThat(html.getElementsByTagName("script").getLength()).isZero();
        NodeList all = html.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            assertThat(element.hasAttribute("src")).isFalse();
            assertThat(element.getAttribute("href")).matches("|#[a-z0-9-]+");
        }
        assertThat(html.getElementsByTagName("h1").item(0).getTextContent()).contains("<script>alert(1)</script>");
    }

    @Test
    void aCellsColourGrowsWithItsValueAndAMissingValueHasNoCell() throws Exception {
        NodeList cells = parsed(page(map(2, 3))).getElementsByTagName("rect");

        // 0, 1/5, 2/5; 3/5, none, 1.
        assertThat(IntStream.range(0, cells.getLength()).mapToObj(i -> ((Element) cells.item(i)).getAttribute("class")))
                .containsExactly("cell w0", "cell w2", "cell w4", "cell w6", "cell w10");
        assertThat(page(map(2, 3))).contains(">0.20<").doesNotContain("NaN");
    }

    @Test
    void valuesThatDoNotFitTheLabelsAreRefused() {
        assertThatThrownBy(() -> new HeatMap("m", "c", List.of("a"), List.of("b", "c"), new double[][] {{1}}, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 values in a row, found 1");
    }
}
