package io.retort.eval.report;

import io.retort.eval.comparison.ComparedDocument;
import io.retort.eval.comparison.RunComparison;
import io.retort.eval.comparison.RunState;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.SyntheticOutcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A made-up comparison of two runs. */
final class SyntheticComparison {
    private static final BootstrapSettings BOOTSTRAP = new BootstrapSettings(9, 100, 0.95);

    static ComparisonData data() {
        List<DocumentOutcomes> champion = SyntheticOutcomes.documents(400, 12);
        List<DocumentOutcomes> challenger = SyntheticOutcomes.documents(400, 13);
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
                0.04,
                0.02,
                0.06,
                List.of(new ComparedCalibration.Point(0.2, 0.25), new ComparedCalibration.Point(0.9, 0.8)));
        return new ComparisonData(
                "quickstart 1.0.0",
                "quickstart 1.0.1 </h1><script>alert(1)</script>",
                RunComparison.of(first, second),
                List.of(new ComparedCalibration("answers", Optional.of(curve), Optional.empty())),
                List.of(
                        new ComparisonData.Fact("experts", "abc", "def"),
                        new ComparisonData.Fact("logits", "0123456789abcdef".repeat(4), "fedcba9876543210".repeat(4)),
                        new ComparisonData.Fact("teacher", "0123", "0123")),
                documents,
                "0.1.0 abcdef");
    }

    private static RunState state(List<DocumentOutcomes> documents) {
        RunState state = new RunState(BOOTSTRAP);
        documents.forEach(state::update);
        return state;
    }

    /** Writes the page to the file of the first argument, to be looked at. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), ComparisonReport.of(data()));
    }
}
