package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import io.retort.eval.report.LearningCurve.Point;
import io.retort.eval.report.LearningCurve.Series;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.eval.summary.EvaluationState;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.ExpertRole;
import io.retort.eval.summary.RunDescription;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTest {
    private static final String REPORT = HtmlReport.of(SyntheticReport.data());

    private static final List<String> HOSTILE = List.of(
            "</pre><script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "<!--",
            "]]>",
            "&amp;lt;script&gt;",
            "</style><style>*{display:none}",
            "\u0000\u0008\u001b[31m\u202e\ufffe\ud800",
            "javascript:alert(1)",
            "https://example.org/x.png");

    @Test
    void isWellFormedWithUniqueIdsAndNoBrokenReference() throws Exception {
        List<Element> elements = elements(REPORT);
        Set<String> ids = new HashSet<>();
        for (Element element : elements) {
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as("id %s", element.getAttribute("id"))
                        .isTrue();
            }
        }
        for (Element element : elements) {
            if (element.hasAttribute("href")) {
                assertThat(element.getAttribute("href")).startsWith("#");
                assertThat(ids).contains(element.getAttribute("href").substring(1));
            }
            for (String id : element.getAttribute("aria-labelledby").split(" ", -1)) {
                assertThat(id.isEmpty() || ids.contains(id)).as(id).isTrue();
            }
        }
    }

    @Test
    void loadsNothingAndRunsNothing() throws Exception {
        assertLoadsNothing(REPORT);
        assertThat(REPORT).contains("default-src 'none'".replace("'", "&#39;"));
    }

    @Test
    void everyFigureIsNamedForThoseWhoCannotSeeItAndLinksToWhatItShows() throws Exception {
        List<Element> elements = elements(REPORT);
        List<Element> figures =
                elements.stream().filter(e -> e.getTagName().equals("figure")).toList();
        assertThat(figures).hasSize(3 + 6 + 5 + 1);
        for (Element figure : figures) {
            Element svg = (Element) figure.getElementsByTagName("svg").item(0);
            assertThat(svg.getAttribute("role")).isEqualTo("img");
            assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                    .isNotBlank();
            assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                    .isNotBlank();
            Element caption =
                    (Element) figure.getElementsByTagName("figcaption").item(0);
            assertThat(((Element) caption.getElementsByTagName("a").item(0)).getAttribute("href"))
                    .startsWith("#def-");
        }
    }

    @Test
    void recallIsToldInNumbersToo() {
        assertThat(REPORT).contains(">128–256<", ">32K–64K<", ">80–100%<", ">19 of 22<", "128–256, &lt;20%: 1.000");
        ReportData data = SyntheticReport.data();
        String without =
                HtmlReport.of(new ReportData(data.title(), data.run(), data.summary(), data.curves(), data.overlaps()));
        assertThat(without).doesNotContain("id=\"recall\"", "href=\"#recall\"");
    }

    @Test
    void whatTheStagesCostStandsInARowEachWithSumsBelow() throws Exception {
        Element section = elements(REPORT).stream()
                .filter(element -> element.getAttribute("id").equals("cost"))
                .findFirst()
                .orElseThrow();
        NodeList rows = section.getElementsByTagName("tr");
        assertThat(rows.getLength()).isEqualTo(1 + 3 + 1);
        assertThat(rows.item(1).getTextContent()).startsWith("preparenone recorded");
        assertThat(rows.item(2).getTextContent())
                .isEqualTo("teach2 Spark stages 2, besides 1 not readable64 failed 3, executors lost 1"
                        + "2 h 3 min processor 1 h 56 min, collection 12.3 s0 B spilled 0 B"
                        + "700 MiB heap resident 5.0 GiB1,234,567 requests 4,321, 1 h 48 min0.7407 at the price set");
        assertThat(rows.item(3).getTextContent())
                .contains("2 min 30 s", "1.5 KiB spilled 1000 B", "900 MiB heap resident not measured");
        assertThat(rows.item(4).getTextContent())
                .contains(
                        "all stages3 Spark stages 3, besides 1 not readable70 failed 3",
                        "2 h 5 min",
                        "900 MiB heap resident 5.0 GiB");
        NodeList headings = ((Element) rows.item(0)).getElementsByTagName("a");
        assertThat(headings.getLength()).isEqualTo(7);
        ReportData data = SyntheticReport.data();
        assertThat(HtmlReport.of(
                        new ReportData(data.title(), data.run(), data.summary(), data.curves(), data.overlaps())))
                .doesNotContain("id=\"cost\"", "href=\"#cost\"");
    }

    @Test
    void everyCoordinateIsANumber() {
        assertThat(REPORT).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void showsTheFiguresOfTheSummary() {
        EvaluationSummary summary = SyntheticReport.data().summary();
        summary.domains()
                .forEach(domain -> assertThat(REPORT)
                        .contains(String.format(
                                Locale.ROOT, ">%.3f<", domain.retention().value()))
                        .contains(String.format(
                                Locale.ROOT,
                                "[%.3f, %.3f]",
                                domain.retention().interval().lower(),
                                domain.retention().interval().upper())));
        assertThat(REPORT).contains("49,880").contains("kneser-ney").contains("sha256:9b2f8a3c");
    }

    @Test
    void everyFigureSaysOverHowManyDocumentsItIs() {
        assertThat(REPORT).contains(" n = 200").contains("expert − uniform").contains("ensemble − oracle");
    }

    @Test
    void aRetentionOutsideTheScaleEndsInAnArrow() {
        assertThat(REPORT).doesNotContain("◀");
        EvaluationState state = new EvaluationState(
                EvaluationRoles.of(List.of(new ExpertRole("sums", "math", 1))), new BootstrapSettings(1, 50, 0.95));
        for (int i = 0; i < 40; i++) {
            DocumentKey key = new DocumentKey("math", "sum", "d" + i);
            // Headroom 0.25, expert 0.75 below the floor: a retention of −3.
            state.update(new DocumentOutcomes(
                    key,
                    List.of(
                            outcome(key, "teacher", ModelKind.TEACHER, 1, "t"),
                            outcome(key, "sums", ModelKind.EXPERT, 0, "t"),
                            outcome(key, "majority", ModelKind.CONTROL, i % 4 == 0 ? 0 : 1, "t"))));
        }
        String report = HtmlReport.of(SyntheticReport.data(state.finish()));
        assertThat(report).contains("◀").doesNotContain("▶");
    }

    @Test
    void theSameDataGivesTheSameFile() {
        assertThat(HtmlReport.of(SyntheticReport.data())).isEqualTo(REPORT);
    }

    @Test
    void hostileTextOfDocumentsModelsAndNamesStaysText() throws Exception {
        String everything = String.join(" | ", HOSTILE);
        ExpertRole expert = new ExpertRole(everything, everything, 1);
        EvaluationState state =
                new EvaluationState(EvaluationRoles.of(List.of(expert)), new BootstrapSettings(1, 50, 0.95));
        for (int i = 0; i < 12; i++) {
            DocumentKey key = new DocumentKey(everything, everything, everything + i);
            state.update(new DocumentOutcomes(
                    key,
                    List.of(
                            outcome(key, "teacher", ModelKind.TEACHER, 1, everything),
                            outcome(key, everything, ModelKind.EXPERT, i % 2, everything),
                            outcome(key, "majority " + everything, ModelKind.CONTROL, 0, everything))));
        }
        ReportData data = new ReportData(
                everything,
                new RunDescription(everything, everything, everything, Map.of(everything, everything), Map.of()),
                state.finish(),
                List.of(new LearningCurve(
                        everything,
                        everything,
                        List.of(new Series(everything, List.of(new Point(1, 2), new Point(2, 1)))))),
                List.of(new OverlapCheck(everything, 3, 1)));
        String report = HtmlReport.of(data);
        assertLoadsNothing(report);
        Set<String> known = new HashSet<>();
        elements(REPORT).forEach(element -> known.add(element.getTagName()));
        assertThat(elements(report)).allSatisfy(element -> assertThat(known).contains(element.getTagName()));
        assertThat(report).doesNotContain("\u202e").doesNotContain("\u0000").contains("⟨U+202E⟩");
        String shown = parse(report).getDocumentElement().getTextContent();
        assertThat(shown).contains("</pre><script>alert(1)</script> | \"><img src=x onerror=alert(1)>");
    }

    @Test
    void aReportOfNothingSaysSo() throws Exception {
        EvaluationSummary empty =
                new EvaluationState(EvaluationRoles.of(List.of()), new BootstrapSettings(1, 50, 0.95)).finish();
        ReportData data = new ReportData(
                "empty", new RunDescription("r", "now", "0", Map.of(), Map.of()), empty, List.of(), List.of());
        String report = HtmlReport.of(data);
        assertThat(elements(report)).isNotEmpty();
        assertThat(report).contains("No domain has a defined retention").doesNotContain("NaN");
    }

    @Test
    void curvesWithoutAFinitePointOrWithManyAreDrawnOrLeftOut() throws Exception {
        List<Point> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(new Point(i, i % 1000 == 0 ? Double.NaN : 1.0 / (1 + i)));
        }
        ReportData base = SyntheticReport.data();
        ReportData data = new ReportData(
                base.title(),
                base.run(),
                base.summary(),
                List.of(
                        new LearningCurve("a", "nats", List.of(new Series("train", many))),
                        new LearningCurve("b", "nats", List.of(new Series("train", List.of(new Point(0, Double.NaN))))),
                        new LearningCurve(
                                "c", "nats", List.of(new Series("flat", List.of(new Point(0, 2), new Point(0, 2)))))),
                List.of());
        String report = HtmlReport.of(data);
        assertThat(report).doesNotContain("NaN").hasSizeLessThan(REPORT.length());
        assertThat(elements(report))
                .filteredOn(e -> e.getAttribute("class").startsWith("curve "))
                .hasSize(2);
    }

    private static void assertLoadsNothing(String report) throws Exception {
        for (Element element : elements(report)) {
            assertThat(element.getTagName())
                    .isNotIn(
                            "script", "link", "img", "iframe", "object", "embed", "form", "base", "audio", "video",
                            "use");
            for (int a = 0; a < element.getAttributes().getLength(); a++) {
                String name = element.getAttributes().item(a).getNodeName();
                assertThat(name).doesNotStartWith("on").isNotIn("src", "srcset", "style", "xlink:href", "action");
            }
            if (element.getTagName().equals("style")) {
                assertThat(element.getTextContent()).doesNotContain("url(").doesNotContain("@import");
            }
            if (element.hasAttribute("href")) {
                assertThat(element.getAttribute("href")).startsWith("#");
            }
        }
    }

    private static DocumentOutcome outcome(DocumentKey key, String model, ModelKind kind, double correct, String text) {
        Likelihood likelihood = new Likelihood(4, 3);
        return new DocumentOutcome(
                key,
                new EvaluatedModel(model, kind),
                new Score(correct, likelihood, likelihood),
                new Sample(text, text, text, text),
                List.of());
    }

    private static List<Element> elements(String report) throws Exception {
        NodeList nodes = parse(report).getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** A report is well-formed XML, so the platform's strict parser reads it. */
    private static Document parse(String report) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)));
    }
}
