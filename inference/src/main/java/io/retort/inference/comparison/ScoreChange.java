package io.retort.inference.comparison;

import java.util.Optional;

/** A score before and after, by its name; empty where a bundle does not have it. */
public record ScoreChange(String name, Optional<Score> before, Optional<Score> after) {
    /**
     * Returns the value after minus the value before where both are there. Their intervals are of each alone: where the two were
     * evaluated on the same documents, the difference is surer than they tell.
     */
    public Optional<Double> difference() {
        return before.flatMap(first -> after.map(second -> second.value() - first.value()));
    }
}
