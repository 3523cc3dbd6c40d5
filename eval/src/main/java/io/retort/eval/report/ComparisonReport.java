package io.retort.eval.report;

import io.retort.eval.report.Page.Section;
import java.util.List;

/** Writes two runs, a challenger against the champion, as one HTML file, see {@link Page}. */
public final class ComparisonReport {
    private ComparisonReport() {}

    /** The file's text, to be stored as UTF-8. The same data gives the same text. */
    public static String of(ComparisonData data) {
        return new Page(
                        data.challenger() + " against " + data.champion(),
                        "Challenger against champion",
                        "Challenger " + data.challenger() + " · champion " + data.champion(),
                        List.of(
                                new Section("summary", "Summary", ContestSummary.of(data.comparison())),
                                new Section("figures", "Figures", ContestFigures.of(data)),
                                new Section("domains", "Domains", ContestTables.domains(data.comparison())),
                                new Section("tasks", "Tasks", ContestTables.tasks(data.comparison())),
                                new Section("changes", "Changes", ContestFacts.of(data.facts())),
                                new Section("samples", "Samples", ContestSamples.of(data.documents())),
                                new Section(
                                        "definitions", "Definitions", Definition.section(Definition.OF_COMPARISON))),
                        data.codeVersion())
                .html();
    }
}
