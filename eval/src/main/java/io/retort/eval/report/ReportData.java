package io.retort.eval.report;

import io.retort.eval.recall.RecallSummary;
import io.retort.eval.routing.RoutingSummary;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.RunDescription;
import java.util.List;
import java.util.Optional;

/**
 * All that a report shows.
 *
 * @param title what was evaluated, such as a bundle's name and version
 * @param curves may be empty
 * @param overlaps may be empty
 * @param routing of the router, where it was evaluated
 * @param recall of an expert, where it was asked for facts in its prompts
 * @param cost of the stages, where it is known
 */
public record ReportData(
        String title,
        RunDescription run,
        EvaluationSummary summary,
        List<LearningCurve> curves,
        List<OverlapCheck> overlaps,
        Optional<RoutingSummary> routing,
        Optional<RecallSummary> recall,
        Optional<RunCost> cost) {
    public ReportData {
        curves = List.copyOf(curves);
        overlaps = List.copyOf(overlaps);
    }

    /** A report without a router's figures, an expert's recall and costs. */
    public ReportData(
            String title,
            RunDescription run,
            EvaluationSummary summary,
            List<LearningCurve> curves,
            List<OverlapCheck> overlaps) {
        this(title, run, summary, curves, overlaps, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same with what it cost. */
    public ReportData with(RunCost runCost) {
        return new ReportData(title, run, summary, curves, overlaps, routing, recall, Optional.of(runCost));
    }
}
