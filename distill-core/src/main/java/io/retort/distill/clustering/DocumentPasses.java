package io.retort.distill.clustering;

import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;

/** Goes over all documents as often as asked, wherever they are. */
public interface DocumentPasses {
    /** Where sums start; may be sent to where the documents are. */
    @FunctionalInterface
    interface Empty<T> extends Supplier<T>, Serializable {}

    /** The totals over every document, each taken in once. */
    <T extends Totals<T>> T over(Empty<T> empty);

    /** Documents in memory. */
    static DocumentPasses of(List<ClusteredDocument> documents) {
        List<ClusteredDocument> kept = List.copyOf(documents);
        return new DocumentPasses() {
            @Override
            public <T extends Totals<T>> T over(Empty<T> empty) {
                T totals = empty.get();
                kept.forEach(totals::add);
                return totals;
            }
        };
    }
}
