package io.retort.eval.outcomes;

import java.io.Serializable;

/**
 * A model by name.
 *
 * @param name unique within an evaluation
 */
public record EvaluatedModel(String name, ModelKind kind) implements Serializable {
    public EvaluatedModel {
        if (name.isBlank()) {
            throw new IllegalArgumentException("expected the name of a model, found \"" + name + "\"");
        }
    }
}
