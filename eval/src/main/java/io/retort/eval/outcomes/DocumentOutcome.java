package io.retort.eval.outcomes;

import java.io.Serializable;
import java.util.List;

/**
 * One document under one model. {@link OutcomeColumn} maps it to a flat row of plain types and back.
 *
 * @param sample bounded excerpts
 * @param experts which experts answered, most weight first; empty unless a router chose by a prompt
 */
public record DocumentOutcome(
        DocumentKey document, EvaluatedModel model, Score score, Sample sample, List<RoutedExpert> experts)
        implements Serializable {
    public DocumentOutcome {
        experts = List.copyOf(experts);
    }
}
