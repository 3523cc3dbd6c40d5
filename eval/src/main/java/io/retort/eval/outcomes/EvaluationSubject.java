package io.retort.eval.outcomes;

import io.retort.inference.scoring.ScoringModel;

/**
 * A model to evaluate; its outcomes carry the scorer's name.
 *
 * @param scorer stays the caller's to close
 */
public record EvaluationSubject(ScoringModel scorer, ModelKind kind, RoutingObserver routing) {
    /** A model that does not route. */
    public static EvaluationSubject of(ScoringModel scorer, ModelKind kind) {
        return new EvaluationSubject(scorer, kind, RoutingObserver.NONE);
    }

    EvaluatedModel model() {
        return new EvaluatedModel(scorer.name(), kind);
    }
}
