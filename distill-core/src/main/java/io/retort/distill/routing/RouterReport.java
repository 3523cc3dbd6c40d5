package io.retort.distill.routing;

import java.util.List;

/**
 * How good a router is on documents that it was not trained on.
 *
 * @param trained documents that it was trained on
 * @param heldOut documents that the figures are about
 * @param accuracy the share of them whose first choice is an expert with the least loss
 * @param regret the mean of the first choice's loss less the least loss, in the unit of the losses
 * @param singleRegret the same for the one expert that would be best for all: what routing has to beat
 * @param choices mean probabilities, [expert with the least loss, expert]; a row of zeros where no document has it
 * @param trainingLosses the mean cross-entropy in nats of each epoch
 */
public record RouterReport(
        int trained,
        int heldOut,
        double accuracy,
        double regret,
        double singleRegret,
        List<List<Double>> choices,
        List<Double> trainingLosses) {
    public RouterReport {
        choices = List.copyOf(choices);
        trainingLosses = List.copyOf(trainingLosses);
    }
}
