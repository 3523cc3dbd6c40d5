package io.retort.eval.report;

import io.retort.eval.report.Page.Section;
import java.util.List;

/** Writes a {@link ReportData} as one HTML file, see {@link Page}. */
public final class HtmlReport {
    private HtmlReport() {}

    /** The file's text, to be stored as UTF-8. The same data gives the same text. */
    public static String of(ReportData data) {
        return new Page(
                        data.title() + " – evaluation",
                        data.title(),
                        "Evaluation " + data.run().reportId() + " · "
                                + data.run().startedAt(),
                        sections(data),
                        data.run().codeVersion())
                .html();
    }

    private static List<Section> sections(ReportData data) {
        ReportModels models = new ReportModels(data.summary());
        return List.of(
                new Section("summary", "Summary", SummarySection.of(data.summary())),
                new Section("figures", "Figures", FigureSections.figures(data.summary(), models)),
                new Section(
                        "router",
                        "Router",
                        data.routing().map(RoutingSection::of).orElseGet(Markup::new)),
                new Section(
                        "recall", "Recall", data.recall().map(RecallSection::of).orElseGet(Markup::new)),
                new Section("learning", "Learning", FigureSections.learning(data.curves())),
                new Section("controls", "Controls", ControlsSection.of(data.summary(), models)),
                new Section(
                        "samples", "Samples", SamplesSection.of(data.summary().disagreements())),
                new Section("cost", "Cost", data.cost().map(CostSection::of).orElseGet(Markup::new)),
                new Section("definitions", "Definitions", Definition.section(Definition.OF_REPORT)),
                new Section("provenance", "Provenance", ProvenanceSection.of(data)));
    }
}
