package io.retort.eval.controls;

import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.RoutedExpert;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The router that knows the answer: for each document it picks the single expert to which the reference answer is the least
 * surprising (fewest nats of the answer given the prompt; of equals, the first by name), and takes over that expert's
 * outcome.
 *
 * <p>No router can be built like this, since it reads the reference. It bounds what choosing one expert a document can reach
 * by likelihood; a mixture of experts may pass it in bits a byte. It does not pick an expert for having been right:
 * with several experts that guess, some one of them often is.
 */
public final class OracleRouter {
    /** The name its outcomes carry. */
    public static final String NAME = "oracle";

    private OracleRouter() {}

    /**
     * The expert that the oracle picks for a document, by its name.
     *
     * @return empty unless two experts or more have a likelihood of the answer
     */
    public static Optional<String> choice(DocumentOutcomes document) {
        return chosen(document).map(outcome -> outcome.model().name());
    }

    /**
     * The oracle's outcome of a document.
     *
     * @return empty unless two experts or more have a likelihood of the answer
     */
    public static Optional<DocumentOutcome> outcome(DocumentOutcomes document) {
        return chosen(document).map(OracleRouter::of);
    }

    /** What the oracle's outcome is where it picked the expert of this one. */
    public static DocumentOutcome of(DocumentOutcome chosen) {
        return new DocumentOutcome(
                chosen.document(),
                new EvaluatedModel(NAME, ModelKind.CONTROL),
                chosen.score(),
                chosen.sample(),
                List.of(new RoutedExpert(chosen.model().name(), 1)));
    }

    private static Optional<DocumentOutcome> chosen(DocumentOutcomes document) {
        List<DocumentOutcome> experts = document.outcomes().stream()
                .filter(outcome -> outcome.model().kind() == ModelKind.EXPERT)
                .filter(outcome -> outcome.score().answer().isKnown())
                .toList();
        if (experts.size() < 2) {
            return Optional.empty();
        }
        return experts.stream()
                .min(Comparator.comparingDouble(
                        outcome -> outcome.score().answer().nats()));
    }
}
