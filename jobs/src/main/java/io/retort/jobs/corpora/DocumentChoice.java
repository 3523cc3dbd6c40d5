package io.retort.jobs.corpora;

import io.retort.datasets.corpus.DocumentOutline;
import io.retort.datasets.corpus.Split;
import java.util.List;
import java.util.function.Predicate;

/** Which documents of a corpus are taken. */
@FunctionalInterface
public interface DocumentChoice {
    /** Takes every document. */
    DocumentChoice ALL = (domain, split, outlines) -> outline -> true;

    /** The choice among all documents of a domain's split. */
    Predicate<DocumentOutline> among(String domain, Split split, List<DocumentOutline> outlines);
}
