package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ComparisonReportTest {
    private static final String PAGE = ComparisonReport.of(SyntheticComparison.data());

    private static List<Element> elements() throws Exception {
        NodeList nodes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        PAGE.replace("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("*");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    @Test
    void everyLinkLeadsToAPlaceInTheFile() throws Exception {
        Set<String> ids = new HashSet<>();
        elements().stream()
                .filter(element -> element.hasAttribute("id"))
                .forEach(element -> assertThat(ids.add(element.getAttribute("id")))
                        .as("id %s is there once", element.getAttribute("id"))
                        .isTrue());
        int definitions = 0;
        for (Element element : elements()) {
            if (element.hasAttribute("href")) {
                assertThat(element.getAttribute("href")).startsWith("#");
                assertThat(ids).contains(element.getAttribute("href").substring(1));
                definitions += element.getAttribute("href").startsWith("#def-") ? 1 : 0;
            }
        }
        assertThat(definitions).isGreaterThan(20);
    }

    @Test
    void everyFigureHasALinkToItsDefinition() throws Exception {
        for (Element element : elements()) {
            boolean shows = element.getTagName().equals("figure")
                    || element.getAttribute("class").equals("tile")
                    || (element.getTagName().equals("table")
                            && !element.getAttribute("class").contains("facts"));
            if (shows) {
                NodeList links = element.getElementsByTagName("a");
                assertThat(links.getLength()).as(element.getTextContent()).isPositive();
                assertThat(((Element) links.item(0)).getAttribute("href")).startsWith("#def-");
            }
        }
    }

    @Test
    void holdsBothRunsAndWhatChanged() {
        assertThat(PAGE)
                .contains("Where the two differ")
                .contains("What changed")
                .contains("p (Holm)")
                .contains("math/first")
                .contains("right by the challenger")
                .contains("Retention of the ensembles");
    }

    @Test
    void loadsNothingAndRunsNothing() {
        String lower = PAGE.toLowerCase(Locale.ROOT);
        assertThat(lower)
                .doesNotContain("<script")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("url(");
        assertThat(PAGE).isEqualTo(ComparisonReport.of(SyntheticComparison.data()));
    }
}
