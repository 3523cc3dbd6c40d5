package io.retort.eval.outcomes;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.inference.scoring.ScoringModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks a model about documents, and says of which document it is where the model cannot tell. */
record Questioning(ScoringModel model) {
    /**
     * What the model says of a batch.
     *
     * @param question asks about any documents, as a batch
     * @throws InvalidDataException naming the document that the model refuses, such as one that is too long for it
     */
    <T> T ask(List<Document> documents, Function<List<Document>, T> question) {
        try {
            return question.apply(documents);
        } catch (IllegalArgumentException refusal) {
            // A batch is refused for one of its documents: each alone shows which.
            for (Document document : documents) {
                refusal(document, question).ifPresent(found -> {
                    throw new InvalidDataException(where(document) + ": " + found.getMessage(), found);
                });
            }
            throw refusal;
        }
    }

    private static <T> Optional<IllegalArgumentException> refusal(
            Document document, Function<List<Document>, T> question) {
        try {
            // What it answers is of no interest here.
            var unused = question.apply(List.of(document));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e);
        }
    }

    /** The log-likelihood, which must be one. */
    double requireNumber(double logLikelihood, Document document) {
        if (Double.isNaN(logLikelihood)) {
            throw new InvalidDataException(where(document) + ": expected a log-likelihood, found NaN");
        }
        return logLikelihood;
    }

    void requireSize(int expected, int found) {
        if (expected != found) {
            throw new IllegalStateException(
                    "model " + model.name() + ": expected " + expected + " results, found " + found);
        }
    }

    private String where(Document document) {
        return "model " + model.name() + ", document " + document.id() + " of " + document.domain() + "/"
                + document.task();
    }
}
