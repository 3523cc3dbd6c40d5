package io.retort.eval.summary;

import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import java.io.Serializable;

/** A document that exactly one of teacher and expert got right. */
public record Disagreement(DocumentOutcome teacher, DocumentOutcome expert) implements Serializable {
    /** Who was right. */
    public enum Winner {
        TEACHER,
        EXPERT
    }

    public DocumentKey document() {
        return teacher.document();
    }

    public Winner winner() {
        return teacher.score().correct() > expert.score().correct() ? Winner.TEACHER : Winner.EXPERT;
    }
}
