package io.retort.inference.routing;

import java.util.HashSet;
import java.util.List;

/**
 * The shape of a router.
 *
 * @param experts their ids, in the order of the network's outputs; 1 to {@value #MAX_EXPERTS}, each once
 * @param features what the network reads
 * @param hidden the width of its hidden layer: 1 to 1,024
 * @param chosen how many experts answer a prompt together, at least 1; all where there are fewer
 * @param calibration what was fitted afterwards
 */
public record RouterConfig(
        List<String> experts, PromptFeatures features, int hidden, int chosen, Calibration calibration) {
    /** More experts than this are no bundle of ours. */
    public static final int MAX_EXPERTS = 256;

    private static final int MAX_HIDDEN = 1024;

    public RouterConfig {
        experts = List.copyOf(experts);
        if (experts.isEmpty() || experts.size() > MAX_EXPERTS || new HashSet<>(experts).size() != experts.size()) {
            throw new IllegalArgumentException("expected 1 to " + MAX_EXPERTS + " unique experts, found " + experts);
        }
        if (hidden < 1 || hidden > MAX_HIDDEN || chosen < 1) {
            throw new IllegalArgumentException("expected a hidden width of 1 to " + MAX_HIDDEN
                    + " and at least 1 chosen, found " + hidden + " and " + chosen);
        }
    }

    /** A router to which nothing was fitted. */
    public RouterConfig(List<String> experts, PromptFeatures features, int hidden, int chosen) {
        this(experts, features, hidden, chosen, Calibration.NONE);
    }

    /** Returns the same with another calibration. */
    public RouterConfig withCalibration(Calibration other) {
        return new RouterConfig(experts, features, hidden, chosen, other);
    }

    /** Returns how many numbers the network has. */
    public long parameterCount() {
        return (long) hidden * (features.buckets() + 1) + (long) experts.size() * (hidden + 1);
    }
}
