package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.Document;
import io.retort.eval.controls.OracleRouter;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.EvaluationSubject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The oracle's outcomes. Which expert it picks follows from likelihoods alone; an expert that was not asked for its answer
 * to a document is asked for it where it was picked, and only there.
 */
final class OracleAnswers {
    private final List<Document> documents;
    private final Map<DocumentKey, DocumentOutcomes> measured = new HashMap<>();

    /**
     * The oracle over what was measured so far.
     *
     * @param outcomes of these documents
     */
    OracleAnswers(List<Document> documents, List<DocumentOutcome> outcomes) {
        this.documents = documents;
        DocumentOutcomes.group(outcomes).forEach(group -> measured.put(group.document(), group));
    }

    /** Asks an expert for all that is measured. */
    @FunctionalInterface
    interface Asking {
        List<DocumentOutcome> ask(EvaluationSubject expert, List<Document> documents);
    }

    /**
     * The oracle's outcome of each document of which two experts or more know the answer's likelihood.
     *
     * @param partly experts of which only likelihoods may be known
     */
    List<DocumentOutcome> outcomes(List<EvaluationSubject> partly, Asking asking) {
        Map<String, List<Document>> toAsk = new HashMap<>();
        List<DocumentOutcome> outcomes = new ArrayList<>();
        for (Document document : documents) {
            DocumentOutcomes known = measured.get(DocumentKey.of(document));
            if (known == null) {
                continue;
            }
            OracleRouter.choice(known).flatMap(known::under).ifPresent(chosen -> {
                if (chosen.score().text().isKnown()) {
                    outcomes.add(OracleRouter.of(chosen));
                } else {
                    toAsk.computeIfAbsent(chosen.model().name(), name -> new ArrayList<>())
                            .add(document);
                }
            });
        }
        for (EvaluationSubject expert : partly) {
            List<Document> chosen = toAsk.getOrDefault(expert.scorer().name(), List.of());
            asking.ask(expert, chosen).forEach(outcome -> outcomes.add(OracleRouter.of(outcome)));
        }
        return outcomes;
    }
}
