package io.retort.datasets.logits;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a chunk's row of the teacher's distributions, given one position after another; nothing of them is kept but
 * what is stored. A fault in them makes the outcome a row for quarantine; what follows it is ignored. Not thread-safe;
 * used once.
 */
public final class LogitRowBuilder {
    /** How far a teacher's probabilities may be from a sum of 1; float32 over 160,000 tokens stays within a tenth. */
    public static final double NORMALISATION_TOLERANCE = 1e-3;

    /**
     * Entries that sum to 1 within this are a whole vocabulary where the selection asks for more: it asks for 255 at most,
     * and float32 over so many stays within a tenth.
     */
    private static final double WHOLE_TOLERANCE = 1e-4;

    /** More than sums of the same numbers in another order can differ by. */
    private static final double MASS_ROUNDING = 1e-9;

    private final Chunk chunk;
    private final EntrySelection selection;
    private final MostLikelyTokens mostLikely;
    private final StoredEntriesBuilder entries;
    private final float[] logProbabilities;
    private int next;
    private @Nullable QuarantineRow fault;

    /** A builder for the row of {@code chunk}. */
    public LogitRowBuilder(Chunk chunk, LogitSettings settings) {
        this.chunk = chunk;
        this.selection = settings.selection();
        this.mostLikely = new MostLikelyTokens(selection.maximumEntries());
        this.entries = new StoredEntriesBuilder(chunk.scoredCount());
        this.logProbabilities = new float[chunk.scoredCount()];
        this.next = chunk.scoredFrom();
    }

    /**
     * Takes the distribution of {@code chunk.ids()[position]} given what is before it. Positions that only give context
     * are ignored; the others must come in order.
     *
     * @param distribution natural log-probabilities of the whole vocabulary, indexed by token id; not kept
     * @throws IllegalArgumentException if the position is not the next one, or the vocabulary lacks the actual token
     */
    public void accept(int position, float[] distribution) {
        if (fault != null || position < chunk.scoredFrom()) {
            return;
        }
        requireNext(position);
        int actual = chunk.ids()[position];
        if (actual >= distribution.length) {
            throw new IllegalArgumentException(
                    chunk.origin() + ": expected a distribution over a vocabulary with token " + actual
                            + ", found one over " + distribution.length);
        }
        if (selection instanceof EntrySelection.MostLikely wanted) {
            mostLikely.read(distribution, wanted.minimum(), wanted.topP() + MASS_ROUNDING);
        } else {
            mostLikely.read(distribution, 1, 0);
        }
        if (!mostLikely.finite()) {
            fail(position, QuarantineReason.NOT_FINITE, "expected finite log-probabilities");
            return;
        }
        if (Math.abs(mostLikely.totalMass() - 1) > NORMALISATION_TOLERANCE) {
            fail(
                    position,
                    QuarantineReason.NOT_NORMALISED,
                    "expected probabilities that sum to 1, found a sum of " + mostLikely.totalMass());
            return;
        }
        logProbabilities[position - chunk.scoredFrom()] = Math.min(0, distribution[actual]);
        store(position, distribution);
        next++;
    }

    /**
     * Takes what a server tells of the distribution of {@code chunk.ids()[position]}: the actual token's log-probability
     * and the most likely tokens, in any order. Other conditions as for {@link #accept(int, float[])}. The row is the one
     * that the whole distribution gives, but for the tail mass, which is a difference from 1 here and so loses what float
     * rounding hides. Fewer entries than the selection needs are a fault.
     *
     * @param actual log-probability of the actual token
     * @param ids token ids
     * @param values their natural log-probabilities, over the whole vocabulary
     * @throws IllegalArgumentException if the selection needs whole distributions, or an id comes twice
     */
    public void acceptMostLikely(int position, float actual, int[] ids, float[] values) {
        if (fault != null || position < chunk.scoredFrom()) {
            return;
        }
        requireNext(position);
        if (!(selection instanceof EntrySelection.MostLikely wanted)) {
            throw new IllegalArgumentException("expected whole distributions for the selection \""
                    + selection.canonical() + "\", found the most likely tokens only");
        }
        mostLikely.read(requireDistinct(ids), values);
        if (!mostLikely.finite() || !Float.isFinite(actual)) {
            fail(position, QuarantineReason.NOT_FINITE, "expected finite log-probabilities");
            return;
        }
        if (mostLikely.totalMass() > 1 + NORMALISATION_TOLERANCE) {
            fail(
                    position,
                    QuarantineReason.NOT_NORMALISED,
                    "expected probabilities that sum to at most 1, found a sum of " + mostLikely.totalMass());
            return;
        }
        int count = storedCount(wanted);
        if (lacksEntries(wanted, count)) {
            fail(
                    position,
                    QuarantineReason.TOO_FEW_ENTRIES,
                    "expected the entries that \"" + wanted.canonical() + "\" needs, found " + ids.length
                            + " with a probability of " + mostLikely.totalMass());
            return;
        }
        logProbabilities[position - chunk.scoredFrom()] = Math.min(0, actual);
        double stored = 0;
        for (int rank = 0; rank < count; rank++) {
            entries.entry(mostLikely.id(rank), mostLikely.logProbability(rank));
            stored += Exponential.of(mostLikely.logProbability(rank));
        }
        entries.endPosition(1 - stored);
        next++;
    }

    private int[] requireDistinct(int[] ids) {
        int[] sorted = ids.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new IllegalArgumentException(
                        chunk.origin() + ": expected distinct token ids, found " + sorted[i] + " twice");
            }
        }
        return ids;
    }

    /** Whether there may be another token that the selection wants. */
    private boolean lacksEntries(EntrySelection.MostLikely wanted, int count) {
        boolean wantsMore = count < wanted.maximum()
                && (count < wanted.minimum() || massOf(count) < wanted.topP())
                && count == mostLikely.count();
        return wantsMore && mostLikely.totalMass() < 1 - WHOLE_TOLERANCE;
    }

    private double massOf(int count) {
        double mass = 0;
        for (int rank = 0; rank < count; rank++) {
            mass += Exponential.of(mostLikely.logProbability(rank));
        }
        return mass;
    }

    /** Ends the chunk for good because the teacher refused it. */
    public void refused(String words) {
        if (fault == null) {
            fault = new QuarantineRow(chunk.origin(), QuarantineReason.TEACHER_REFUSED, words);
        }
    }

    /** The chunk's row, or its row for quarantine; one with too few positions is a row for quarantine. */
    public RowOutcome finish() {
        int end = chunk.ids().length;
        if (fault == null && next < end) {
            fault = new QuarantineRow(
                    chunk.origin(),
                    QuarantineReason.MISSING_POSITIONS,
                    "expected distributions up to position " + (end - 1) + ", found them up to " + (next - 1));
        }
        return Optional.ofNullable(fault)
                .<RowOutcome>map(RowOutcome.Quarantined::new)
                .orElseGet(() -> new RowOutcome.Scored(new LogitRow(
                        chunk.origin(), chunk.scoredIds(), chunk.byteOffsets(), logProbabilities, entries.build())));
    }

    private void requireNext(int position) {
        if (position != next) {
            throw new IllegalArgumentException(
                    chunk.origin() + ": expected position " + next + ", found position " + position);
        }
    }

    private void fail(int position, QuarantineReason reason, String detail) {
        fault = new QuarantineRow(chunk.origin(), reason, detail + " at position " + position);
    }

    private void store(int position, float[] distribution) {
        if (selection instanceof EntrySelection.Sampled sampled) {
            new TokenDraws(sampled, chunk.origin()).draw(position, distribution, mostLikely.totalMass(), entries);
            return;
        }
        int count = storedCount((EntrySelection.MostLikely) selection);
        double tail = mostLikely.restMass();
        for (int rank = mostLikely.count() - 1; rank >= count; rank--) {
            tail += Exponential.of(mostLikely.logProbability(rank));
        }
        for (int rank = 0; rank < count; rank++) {
            entries.entry(mostLikely.id(rank), mostLikely.logProbability(rank));
        }
        entries.endPosition(tail);
    }

    /** The smallest count with cumulative probability of at least top-p, within the bounds. */
    private int storedCount(EntrySelection.MostLikely wanted) {
        int count = 0;
        double cumulative = 0;
        while (count < mostLikely.count() && (count < wanted.minimum() || cumulative < wanted.topP())) {
            cumulative += Exponential.of(mostLikely.logProbability(count));
            count++;
        }
        return count;
    }
}
