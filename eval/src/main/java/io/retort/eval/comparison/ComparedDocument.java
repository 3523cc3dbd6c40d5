package io.retort.eval.comparison;

import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;

/** A document that exactly one of two runs' ensembles got right. */
public record ComparedDocument(DocumentOutcome champion, DocumentOutcome challenger) {
    public DocumentKey document() {
        return champion.document();
    }

    /** Who was right. */
    public Winner winner() {
        return champion.score().correct() > challenger.score().correct() ? Winner.CHAMPION : Winner.CHALLENGER;
    }

    /** One of the two. */
    public enum Winner {
        CHAMPION,
        CHALLENGER
    }
}
