package io.retort.distill.teachers.training;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suite;

/**
 * A suite's endless stream of documents of one split. What stands at a position is a function of seed and position alone,
 * so a position is all that a checkpoint keeps of it.
 */
final class DocumentStream {
    private final Suite suite;
    private final Split split;
    private final long seed;
    private long position;

    DocumentStream(Suite suite, Split split, long seed, long position) {
        this.suite = suite;
        this.split = split;
        this.seed = seed;
        this.position = position;
    }

    /** Where the next draw begins. */
    long position() {
        return position;
    }

    /** The next document of the split. */
    Document next() {
        while (true) {
            Document document = suite.document(seed, position++);
            if (document.split() == split) {
                return document;
            }
        }
    }
}
