package io.retort.distill.routing;

import io.retort.inference.routing.PromptFeatures;

/**
 * What a router looks like and how it is trained.
 *
 * @param features what it reads of a prompt
 * @param hidden the width of its hidden layer
 * @param chosen how many experts it lets answer together
 * @param temperature of the targets softmax(−loss / temperature), in the unit of the losses
 * @param falsePositiveRate the share of known prompts that may be taken for unknown, inside (0, 1)
 * @param descent how its weights are found
 */
public record RouterTrainingSettings(
        PromptFeatures features,
        int hidden,
        int chosen,
        double temperature,
        double falsePositiveRate,
        Descent descent) {
    /** 512 features of 256 bytes at either end, 32 hidden channels, three experts: about 16,600 weights for six. */
    public static final RouterTrainingSettings DEFAULT = new RouterTrainingSettings(
            new PromptFeatures(512, 256), 32, 3, 0.1, 0.05, new Descent(0.01, 1e-4, 30, 32, 1));

    /** The share of the documents that is kept from training and that the report is about. */
    public static final double HELD_OUT_SHARE = 0.2;

    public RouterTrainingSettings {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("expected a positive temperature, found " + temperature);
        }
        if (!(falsePositiveRate > 0 && falsePositiveRate < 1)) {
            throw new IllegalArgumentException(
                    "expected a false-positive rate inside (0, 1), found " + falsePositiveRate);
        }
    }
}
