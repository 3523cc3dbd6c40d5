package io.retort.jobs.continuations;

import io.retort.distill.continuations.Continuation;
import io.retort.distill.continuations.Fate;
import io.retort.jobs.config.Choices;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was written.
 *
 * @param fates how many texts had which fate, by its label; those of none are not there
 * @param bytes of all of them
 * @param seconds that one task took, or tasks one after the other would
 */
public record Tally(SortedMap<String, Long> fates, long bytes, double seconds) implements Serializable {
    static final Tally NONE = new Tally(new TreeMap<>(), 0, 0);

    public Tally {
        fates = Collections.unmodifiableSortedMap(new TreeMap<>(fates));
    }

    static Tally of(List<Continuation> continuations, double seconds) {
        SortedMap<String, Long> fates = new TreeMap<>();
        long bytes = 0;
        for (Continuation continuation : continuations) {
            fates.merge(Choices.label(continuation.fate()), 1L, Long::sum);
            bytes += continuation.bytes();
        }
        return new Tally(fates, bytes, seconds);
    }

    Tally plus(Tally other) {
        SortedMap<String, Long> sums = new TreeMap<>(fates);
        other.fates.forEach((fate, count) -> sums.merge(fate, count, Long::sum));
        return new Tally(sums, bytes + other.bytes, seconds + other.seconds);
    }

    /** How many texts had this fate. */
    public long of(Fate fate) {
        return fates.getOrDefault(Choices.label(fate), 0L);
    }

    /** How many texts there were. */
    public long texts() {
        return fates.values().stream().mapToLong(Long::longValue).sum();
    }
}
