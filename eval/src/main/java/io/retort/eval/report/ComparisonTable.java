package io.retort.eval.report;

import io.retort.eval.comparison.ComparedFigure;
import io.retort.eval.comparison.RunRole;
import java.util.List;

/** Paired differences as rows of text. */
public final class ComparisonTable {
    /** What the cells of a row are. */
    public static final List<String> COLUMNS = List.of(
            "domain",
            "",
            "metric",
            "champion",
            "challenger",
            "difference",
            "interval",
            "p",
            "p (Holm)",
            "challenger is");

    private ComparisonTable() {}

    /** The cells of a figure; accuracies in per cent, their differences in points. */
    public static List<String> row(ComparedFigure figure) {
        return List.of(
                figure.group().label(),
                figure.role() == RunRole.ENSEMBLE ? "ensemble" : "expert",
                figure.metric().label(),
                NumberText.score(figure.metric(), figure.champion()),
                NumberText.score(figure.metric(), figure.challenger()),
                ContestText.difference(figure),
                ContestText.bounds(figure),
                NumberText.probability(figure.result().pValue()),
                NumberText.probability(figure.adjustedP()),
                ContestText.outcome(figure));
    }
}
