package io.retort.distill.continuations;

import io.retort.datasets.corpus.Document;
import java.util.Optional;

/**
 * A text that was written from a document's prompt.
 *
 * @param fate what becomes of it
 * @param document the new one, where it is kept
 * @param bytes that were written
 */
public record Continuation(Fate fate, Optional<Document> document, int bytes) {
    /** A document is there exactly where the text is kept. */
    public Continuation {
        if (document.isPresent() != (fate == Fate.KEPT)) {
            throw new IllegalArgumentException("expected a document exactly where a text is kept, found " + fate
                    + " with" + (document.isPresent() ? " one" : "out"));
        }
    }

    static Continuation dropped(Fate fate, int bytes) {
        return new Continuation(fate, Optional.empty(), bytes);
    }

    static Continuation kept(Document document, int bytes) {
        return new Continuation(Fate.KEPT, Optional.of(document), bytes);
    }
}
