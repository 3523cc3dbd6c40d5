package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.Document;
import io.retort.distill.teachers.RefusedTextException;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.EvaluationSettings;
import io.retort.eval.outcomes.EvaluationSubject;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import java.util.ArrayList;
import java.util.List;

/**
 * The teacher's outcomes. A document that it refuses, as a server may, counts as answered wrongly if it asks something, and
 * has no likelihood: whoever is compared with the teacher by likelihood is so over fewer documents, and the summary says how
 * many.
 */
final class TeacherAnswers {
    private final Asking asking;

    /** Answers by asking the teacher all that is measured. */
    TeacherAnswers(Asking asking) {
        this.asking = asking;
    }

    /** Asks the teacher about a batch. */
    @FunctionalInterface
    interface Asking {
        List<DocumentOutcome> ask(List<Document> documents);
    }

    List<DocumentOutcome> outcomes(EvaluationSubject teacher, List<Document> documents) {
        try {
            return asking.ask(documents);
        } catch (RefusedTextException e) {
            // A batch is refused for one of its documents: each alone shows which.
            List<DocumentOutcome> outcomes = new ArrayList<>();
            for (Document document : documents) {
                outcomes.add(outcome(teacher, document));
            }
            return outcomes;
        }
    }

    private DocumentOutcome outcome(EvaluationSubject teacher, Document document) {
        try {
            return asking.ask(List.of(document)).get(0);
        } catch (RefusedTextException e) {
            Sample sample = new Sample(document.prompt(), document.answer(), "", "refused: " + e.getMessage());
            return new DocumentOutcome(
                    DocumentKey.of(document),
                    new EvaluatedModel(teacher.scorer().name(), teacher.kind()),
                    new Score(document.prompt().isEmpty() ? Double.NaN : 0, Likelihood.UNKNOWN, Likelihood.UNKNOWN),
                    EvaluationSettings.DEFAULT.excerpts().excerpt(sample),
                    List.of());
        }
    }
}
