package io.retort.eval.routing;

import io.retort.eval.outcomes.DocumentKey;
import java.io.Serializable;
import java.util.List;

/**
 * What there is to know of the routing of one document that has a prompt.
 *
 * @param choices from beginnings of the prompt, the same lengths for all documents
 * @param symbols the ensemble's likeliest symbol at each place of the reference answer, its end included
 * @param answers its own answer; one entry
 * @param leftOut of each router that was trained without a domain, this document's own domain included
 * @param flagged whether the router itself takes the prompt for unknown
 */
public record RoutingObservation(
        DocumentKey document,
        List<FirstChoice> choices,
        AnswerCosts costs,
        Confidences symbols,
        Confidences answers,
        List<LeftOut> leftOut,
        boolean flagged)
        implements Serializable {
    public RoutingObservation {
        choices = List.copyOf(choices);
        leftOut = List.copyOf(leftOut);
    }
}
