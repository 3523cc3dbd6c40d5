package io.retort.jobs.corpora;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.Checker;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import io.retort.datasets.suites.Verdict;

/** Who judges an answer: the suite that made the document, or, for documents from sources, equality with the reference. */
public final class Checkers {
    private Checkers() {}

    /** The judge of a document's answers. */
    public static Checker of(Document document) {
        for (Suite suite : Suites.all()) {
            if (suite.domain().equals(document.domain()) && suite.tasks().contains(document.task())) {
                return suite.checker();
            }
        }
        return Checkers::equal;
    }

    private static Verdict equal(Document document, String produced) {
        return produced.strip().equals(document.answer().strip())
                ? Verdict.right()
                : Verdict.wrong("expected the reference answer");
    }
}
