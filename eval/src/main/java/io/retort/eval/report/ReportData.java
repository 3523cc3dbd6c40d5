package io.retort.eval.report;

import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.RunDescription;
import java.util.List;

/**
 * All that a report shows.
 *
 * @param title what was evaluated, such as a bundle's name and version
 * @param curves may be empty
 * @param overlaps may be empty
 */
public record ReportData(
        String title,
        RunDescription run,
        EvaluationSummary summary,
        List<LearningCurve> curves,
        List<OverlapCheck> overlaps) {
    public ReportData {
        curves = List.copyOf(curves);
        overlaps = List.copyOf(overlaps);
    }
}
