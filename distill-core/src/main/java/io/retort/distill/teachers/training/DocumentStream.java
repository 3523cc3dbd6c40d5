package io.retort.distill.teachers.training;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suite;
import java.util.function.LongFunction;

/**
 * An endless stream of documents of one split. What stands at a position is a function of seed and position alone,
 * so a position is all that a checkpoint keeps of it.
 */
public final class DocumentStream {
    private final LongFunction<Document> documents;
    private final Split split;
    private long position;

    /**
     * @param documents of all splits or of this one, by position
     * @param position where it begins
     */
    DocumentStream(LongFunction<Document> documents, Split split, long position) {
        this.documents = documents;
        this.split = split;
        this.position = position;
    }

    DocumentStream(Suite suite, Split split, long seed, long position) {
        this(at -> suite.document(seed, at), split, position);
    }

    /** Where the next draw begins. */
    long position() {
        return position;
    }

    /** The next document of the split. */
    Document next() {
        while (true) {
            Document document = documents.apply(position++);
            if (document.split() == split) {
                return document;
            }
        }
    }
}
