package io.retort.datasets.sources;

import io.retort.datasets.corpus.RejectionReason;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the records of a source.
 *
 * @param documents how many became documents
 * @param rejected how many did not, by reason
 */
public record SourceReport(long documents, SortedMap<RejectionReason, Long> rejected) {
    /** Of nothing. */
    public static final SourceReport NONE = new SourceReport(0, new TreeMap<>());

    public SourceReport {
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    }

    /** How many records there were. */
    public long records() {
        return documents + allRejected();
    }

    /** How many records were rejected, for whatever reason. */
    public long allRejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** This and another report in one. */
    public SourceReport plus(SourceReport other) {
        SortedMap<RejectionReason, Long> sum = new TreeMap<>(rejected);
        other.rejected.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new SourceReport(documents + other.documents, sum);
    }
}
