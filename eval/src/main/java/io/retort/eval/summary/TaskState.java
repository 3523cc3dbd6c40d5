package io.retort.eval.summary;

import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.statistics.PairedCounts;
import java.io.Serializable;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The totals of one task: each model's sums and, for each two models, how often they were right together. */
final class TaskState implements Serializable {
    private static final long serialVersionUID = 1;

    private final int replicates;
    private final TreeMap<String, ModelState> models = new TreeMap<>();
    private final TreeMap<String, TreeMap<String, PairedCounts>> pairs = new TreeMap<>();
    private long documents;

    TaskState(int replicates) {
        this.replicates = replicates;
    }

    void update(long documentHash, DocumentOutcomes document, int[] weights) {
        documents++;
        for (DocumentOutcome outcome : document.outcomes()) {
            models.computeIfAbsent(outcome.model().name(), name -> new ModelState(outcome.model(), replicates))
                    .update(documentHash, outcome, weights);
        }
        // Outcomes are in the order of their models' names: a pair is kept under its smaller name only.
        List<DocumentOutcome> decided =
                document.outcomes().stream().filter(TaskState::isDecided).toList();
        for (int i = 0; i < decided.size(); i++) {
            for (int j = i + 1; j < decided.size(); j++) {
                PairedCounts one = PairedCounts.of(rightness(decided.get(i)), rightness(decided.get(j)));
                add(decided.get(i).model().name(), decided.get(j).model().name(), one);
            }
        }
    }

    void merge(TaskState other) {
        documents += other.documents;
        other.models.forEach((name, state) -> models.computeIfAbsent(
                        name, n -> new ModelState(state.model(), replicates))
                .merge(state));
        other.pairs.forEach((first, row) -> row.forEach((second, counts) -> add(first, second, counts)));
    }

    long documents() {
        return documents;
    }

    /** By name, in order. */
    NavigableMap<String, ModelState> models() {
        return models;
    }

    PairedCounts pair(String first, String second) {
        if (first.compareTo(second) > 0) {
            return pair(second, first).swapped();
        }
        return pairs.getOrDefault(first, new TreeMap<>()).getOrDefault(second, PairedCounts.NONE);
    }

    private void add(String first, String second, PairedCounts counts) {
        pairs.computeIfAbsent(first, name -> new TreeMap<>()).merge(second, counts, PairedCounts::plus);
    }

    /** A guess' expected score is neither right nor wrong. */
    private static boolean isDecided(DocumentOutcome outcome) {
        return outcome.score().correct() == 0 || outcome.score().correct() == 1;
    }

    private static PairedCounts.Outcome rightness(DocumentOutcome outcome) {
        return outcome.score().correct() == 1 ? PairedCounts.Outcome.RIGHT : PairedCounts.Outcome.WRONG;
    }
}
