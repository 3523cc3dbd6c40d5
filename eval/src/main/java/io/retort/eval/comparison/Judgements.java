package io.retort.eval.comparison;

import io.retort.eval.statistics.PairedCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which documents were right and which were wrong: eight bytes a document, the last bit of its hash being the judgement.
 * Mergeable, in any order. Not thread-safe.
 */
final class Judgements implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int FEW = 64;

    private long[] marks = new long[FEW];
    private int count;

    void add(long documentHash, PairedCounts.Outcome outcome) {
        reserve(1);
        marks[count++] = (documentHash & ~1L) | (outcome == PairedCounts.Outcome.RIGHT ? 1 : 0);
    }

    void merge(Judgements other) {
        reserve(other.count);
        System.arraycopy(other.marks, 0, marks, count, other.count);
        count += other.count;
    }

    private void reserve(int more) {
        if (count + more > marks.length) {
            marks = Arrays.copyOf(marks, Math.max(2 * marks.length, Math.addExact(count, more)));
        }
    }

    /** How often this one and the other were right and wrong on the documents that both judged. */
    PairedCounts pairedWith(Judgements other) {
        long[] mine = sorted();
        long[] theirs = other.sorted();
        PairedCounts counts = PairedCounts.NONE;
        int j = 0;
        for (long mark : mine) {
            while (j < theirs.length && (theirs[j] & ~1L) < (mark & ~1L)) {
                j++;
            }
            if (j < theirs.length && (theirs[j] & ~1L) == (mark & ~1L)) {
                counts = counts.plus(PairedCounts.of(outcome(mark), outcome(theirs[j])));
            }
        }
        return counts;
    }

    /** Hashes, without their last bit, of documents that both judged and only one got right: the smallest of each kind. */
    List<Long> differing(Judgements other, int mostOfEachKind) {
        long[] mine = sorted();
        long[] theirs = other.sorted();
        List<Long> found = new ArrayList<>();
        int[] ofKind = new int[2];
        int j = 0;
        for (long mark : mine) {
            while (j < theirs.length && (theirs[j] & ~1L) < (mark & ~1L)) {
                j++;
            }
            if (j < theirs.length && (theirs[j] ^ mark) == 1 && ofKind[(int) (mark & 1)]++ < mostOfEachKind) {
                found.add(mark & ~1L);
            }
        }
        return found;
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(marks, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static PairedCounts.Outcome outcome(long mark) {
        return (mark & 1) == 1 ? PairedCounts.Outcome.RIGHT : PairedCounts.Outcome.WRONG;
    }
}
