package io.retort.eval.recall;

import io.retort.datasets.suites.AskedFact;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.recall.RecallSummary.Cell;
import io.retort.eval.recall.RecallSummary.Length;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The mergeable counts of what one expert recalled: update with one document after the other, merge with the counts of other
 * documents, finish into a summary. The same documents give the same summary however they were spread. Not thread-safe.
 */
public final class RecallState implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int RIGHT = 0;
    private static final int ASKED = 1;

    private final String expert;

    /** The binary logarithm of prompts' lengths in bytes, rounded down → [depth][right, asked]. */
    private final TreeMap<Integer, long[][]> lengths = new TreeMap<>();

    public RecallState(String expert) {
        this.expert = expert;
    }

    /** Adds an outcome of the expert's on a document that must not have been added before; one that asks nothing is passed over. */
    public void update(AskedFact fact, DocumentOutcome outcome) {
        if (!outcome.model().name().equals(expert)) {
            throw new IllegalArgumentException("expected an outcome of " + expert + ", found one of "
                    + outcome.model().name());
        }
        if (!outcome.score().isJudged()) {
            return;
        }
        int length = 31 - Integer.numberOfLeadingZeros(fact.promptBytes());
        int depth = (int) (fact.depth() * RecallSummary.DEPTHS);
        long[] counts = counts(length)[depth];
        counts[RIGHT] += outcome.score().correct() == 1 ? 1 : 0;
        counts[ASKED]++;
    }

    /** Adds all documents of another state, none of which may be in this one. */
    public void merge(RecallState other) {
        if (!other.expert.equals(expert)) {
            throw new IllegalArgumentException("expected counts of " + expert + ", found those of " + other.expert);
        }
        other.lengths.forEach((length, depths) -> {
            long[][] own = counts(length);
            for (int depth = 0; depth < own.length; depth++) {
                own[depth][RIGHT] += depths[depth][RIGHT];
                own[depth][ASKED] += depths[depth][ASKED];
            }
        });
    }

    /** The counts of all documents so far. */
    public RecallSummary finish() {
        List<Length> all = new ArrayList<>();
        lengths.forEach((length, depths) -> {
            List<Cell> cells = new ArrayList<>();
            for (long[] counts : depths) {
                cells.add(new Cell(counts[RIGHT], counts[ASKED]));
            }
            all.add(new Length(1L << length, 2L << length, cells));
        });
        return new RecallSummary(expert, all);
    }

    private long[][] counts(int length) {
        return lengths.computeIfAbsent(length, l -> new long[RecallSummary.DEPTHS][2]);
    }
}
