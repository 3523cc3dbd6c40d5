package io.retort.eval.outcomes;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.Checker;

/** Finds the judge of a document's answers. */
@FunctionalInterface
public interface CheckerSource {
    Checker of(Document document);
}
