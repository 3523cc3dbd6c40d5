package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.eval.comparison.ComparedDocument;
import io.retort.eval.comparison.RunComparison;
import io.retort.eval.comparison.RunState;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.SyntheticOutcomes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ComparisonReportTest {
    private static final BootstrapSettings BOOTSTRAP = new BootstrapSettings(9, 100, 0.95);

    private static ComparisonData data() {
        List<DocumentOutcomes> champion = SyntheticOutcomes.documents(60, 12);
        List<DocumentOutcomes> challenger = SyntheticOutcomes.documents(60, 13);
        RunState first = state(champion);
        RunState second = state(challenger);
        Set<Long> keys = first.differing(second, 2);
        List<ComparedDocument> documents = new ArrayList<>();
        for (int i = 0; i < champion.size(); i++) {
            DocumentOutcome before = champion.get(i).under("ensemble").orElseThrow();
            DocumentOutcome after = challenger.get(i).under("ensemble").orElseThrow();
            if (keys.contains(RunState.key(before.document().documentId()))) {
                documents.add(new ComparedDocument(before, after));
            }
        }
        ComparedCalibration.Curve curve = new ComparedCalibration.Curve(
                0.04, 0.02, 0.06, List.of(new ComparedCalibration.Point(0.2, 0.25), new ComparedCalibration.Point(0.9, 0.8)));
        return new ComparisonData(
                "quickstart 1.0.0",
                "quickstart 1.0.1 </h1><script>alert(1)</script>",
                RunComparison.of(first, second),
                List.of(new ComparedCalibration("answers", Optional.of(curve), Optional.empty())),
                List.of(
                        new ComparisonData.Fact("experts", "abc", "def"),
                        new ComparisonData.Fact("teacher", "0123", "0123")),
                documents,
                "0.1.0 abcdef");
    }

    private static RunState state(List<DocumentOutcomes> documents) {
        RunState state = new RunState(BOOTSTRAP);
        documents.forEach(state::update);
        return state;
    }

    private static final String PAGE = ComparisonReport.of(data());

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
                    || (element.getTagName().equals("table") && !element.getAttribute("class").contains("facts"));
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
        assertThat(lower).doesNotContain("<script").doesNotContain("http:").doesNotContain("https:").doesNotContain("url(");
        assertThat(PAGE).isEqualTo(ComparisonReport.of(data()));
    }
}
