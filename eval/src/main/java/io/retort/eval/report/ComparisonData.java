package io.retort.eval.report;

import io.retort.eval.comparison.ComparedDocument;
import io.retort.eval.comparison.RunComparison;
import java.util.List;

/**
 * All that a page of two runs shows.
 *
 * @param champion how the champion is called
 * @param facts of both runs: inputs, settings, code
 * @param documents that one of the two got right
 * @param codeVersion of what made the page
 */
public record ComparisonData(
        String champion,
        String challenger,
        RunComparison comparison,
        List<ComparedCalibration> calibrations,
        List<Fact> facts,
        List<ComparedDocument> documents,
        String codeVersion) {
    public ComparisonData {
        calibrations = List.copyOf(calibrations);
        facts = List.copyOf(facts);
        documents = List.copyOf(documents);
    }

    /** Something that is said of both runs, and may differ. */
    public record Fact(String name, String champion, String challenger) {
        public boolean changed() {
            return !champion.equals(challenger);
        }
    }
}
