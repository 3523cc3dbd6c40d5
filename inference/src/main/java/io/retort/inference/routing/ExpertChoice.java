package io.retort.inference.routing;

import java.util.Objects;

/**
 * An expert that takes part in an answer.
 *
 * @param expert its id
 * @param index its place among the router's experts
 * @param weight its share of the mixture: the weights of a routing add up to 1
 */
public record ExpertChoice(String expert, int index, double weight) {
    public ExpertChoice {
        Objects.requireNonNull(expert, "expert");
        if (index < 0 || !(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException(
                    "expected an index of at least 0 and a weight of 0 to 1, found " + index + " and " + weight);
        }
    }
}
