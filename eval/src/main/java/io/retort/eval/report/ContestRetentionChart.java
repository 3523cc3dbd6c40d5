package io.retort.eval.report;

import io.retort.eval.comparison.ComparedRetention;
import io.retort.eval.comparison.RunRole;
import java.util.List;

/** Bars of the retention of both runs' ensembles by domain. */
final class ContestRetentionChart {
    private ContestRetentionChart() {}

    static Markup of(List<ComparedRetention> retentions) {
        return RetentionChart.of(
                retentions.stream()
                        .filter(retention -> retention.role() == RunRole.ENSEMBLE)
                        .map(retention -> new RetentionChart.Row(
                                retention.group().label(),
                                new RetentionChart.Mark(retention.champion(), Palette.EXPERT),
                                new RetentionChart.Mark(retention.challenger(), Palette.ENSEMBLE)))
                        .toList(),
                "For each domain a bar for the champion and one for the challenger, with intervals; the line at 1 is the"
                        + " teacher.");
    }
}
