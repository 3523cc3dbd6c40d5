package io.retort.eval.outcomes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One document under all models that saw it.
 *
 * @param outcomes in the order of the models' names, at most one a model, all of the same document
 */
public record DocumentOutcomes(DocumentKey document, List<DocumentOutcome> outcomes) {
    public DocumentOutcomes {
        TreeMap<String, DocumentOutcome> byModel = new TreeMap<>();
        for (DocumentOutcome outcome : outcomes) {
            if (!outcome.document().equals(document)) {
                throw new IllegalArgumentException(
                        "expected outcomes of " + document + ", found one of " + outcome.document());
            }
            if (byModel.put(outcome.model().name(), outcome) != null) {
                throw new IllegalArgumentException("expected one outcome a model for " + document
                        + ", found several of " + outcome.model().name());
            }
        }
        outcomes = List.copyOf(byModel.values());
    }

    /** Groups outcomes by document, in the order in which each document is first met. */
    public static List<DocumentOutcomes> group(Collection<DocumentOutcome> outcomes) {
        Map<DocumentKey, List<DocumentOutcome>> groups = new LinkedHashMap<>();
        for (DocumentOutcome outcome : outcomes) {
            groups.computeIfAbsent(outcome.document(), key -> new ArrayList<>()).add(outcome);
        }
        return groups.entrySet().stream()
                .map(group -> new DocumentOutcomes(group.getKey(), group.getValue()))
                .toList();
    }

    /** The outcome under the model of this name. */
    public Optional<DocumentOutcome> under(String model) {
        return outcomes.stream()
                .filter(outcome -> outcome.model().name().equals(model))
                .findFirst();
    }

    /** These outcomes and one more. */
    public DocumentOutcomes with(DocumentOutcome outcome) {
        List<DocumentOutcome> more = new ArrayList<>(outcomes);
        more.add(outcome);
        return new DocumentOutcomes(document, more);
    }
}
