package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;

/** Judges what a model produced for a document. Implementations are stateless and safe for use by many threads. */
@FunctionalInterface
public interface Checker {

    /**
     * Judges an answer. Any text may be given: what is malformed, endless or hostile gets a verdict, not an exception.
     *
     * @param document a document of the suite that this checker belongs to
     * @param produced the text a model wrote after the document's prompt
     * @throws IllegalArgumentException if the document is not one of the suite's (its domain or form is another)
     */
    Verdict check(Document document, String produced);
}
