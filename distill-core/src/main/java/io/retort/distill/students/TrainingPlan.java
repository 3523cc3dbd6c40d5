package io.retort.distill.students;

import io.retort.distill.optimisation.AdamW;
import io.retort.distill.optimisation.Muon;
import io.retort.inference.students.StudentShape;
import java.util.Optional;

/**
 * Everything that decides what a training gives, apart from its documents.
 *
 * @param student the shape to train
 * @param objective what is minimised
 * @param weights how much prompts and answers count
 * @param data how documents become batches
 * @param optimisation learning rates and their like
 * @param steps updates
 * @param seed of the first weights and of the order of documents
 * @param feedForward what the last layer's feed-forward network begins with, where that is not drawn
 * @param start a student that all of it begins with, where weights are not drawn
 */
public record TrainingPlan(
        StudentShape student,
        Objective objective,
        PositionWeights weights,
        Data data,
        Optimisation optimisation,
        int steps,
        long seed,
        Optional<InitialFeedForward> feedForward,
        Optional<InitialStudent> start) {

    public TrainingPlan {
        if (steps < 1) {
            throw new IllegalArgumentException("expected at least one step, found " + steps);
        }
        feedForward.ifPresent(initial -> initial.requireFits(student));
        start.ifPresent(initial -> initial.requireFits(student));
        if (feedForward.isPresent() && start.isPresent()) {
            throw new IllegalArgumentException(
                    "expected a feed-forward network to begin with, or a whole student, found both");
        }
    }

    /** A plan whose first weights are drawn, those of the last layer's feed-forward network perhaps not. */
    public TrainingPlan(
            StudentShape student,
            Objective objective,
            PositionWeights weights,
            Data data,
            Optimisation optimisation,
            int steps,
            long seed,
            Optional<InitialFeedForward> feedForward) {
        this(student, objective, weights, data, optimisation, steps, seed, feedForward, Optional.empty());
    }

    /** A plan whose first weights are all drawn. */
    public TrainingPlan(
            StudentShape student,
            Objective objective,
            PositionWeights weights,
            Data data,
            Optimisation optimisation,
            int steps,
            long seed) {
        this(student, objective, weights, data, optimisation, steps, seed, Optional.empty());
    }

    /**
     * @param symbolsPerBatch positions a batch on average: each ends at the window that reaches its share of an epoch
     * @param longestSequence longest window in positions; longer documents are cut
     */
    public record Data(int symbolsPerBatch, int longestSequence) {
        public Data {
            if (symbolsPerBatch < 1 || longestSequence < 1) {
                throw new IllegalArgumentException("expected a positive batch and longest sequence, found "
                        + symbolsPerBatch + " and " + longestSequence);
            }
        }
    }

    /** Muon for matrices, AdamW for the rest. */
    public record Optimisation(Muon.Settings matrices, AdamW.Settings rest) {
        /** The settings that suit most domains. */
        public static Optimisation standard() {
            return new Optimisation(Muon.Settings.standard(), AdamW.Settings.standard());
        }
    }

    /** A plan with standard settings: 8,192 positions a batch, sequences of at most 1,024. */
    public static TrainingPlan of(StudentShape student, Objective objective, int steps, long seed) {
        return new TrainingPlan(
                student,
                objective,
                PositionWeights.standard(),
                new Data(8192, 1024),
                Optimisation.standard(),
                steps,
                seed);
    }

    public TrainingPlan withData(Data other) {
        return new TrainingPlan(student, objective, weights, other, optimisation, steps, seed, feedForward, start);
    }

    public TrainingPlan withOptimisation(Optimisation other) {
        return new TrainingPlan(student, objective, weights, data, other, steps, seed, feedForward, start);
    }

    public TrainingPlan withFeedForward(InitialFeedForward other) {
        return new TrainingPlan(student, objective, weights, data, optimisation, steps, seed, Optional.of(other));
    }

    /** The same training from a trained student. */
    public TrainingPlan from(InitialStudent other) {
        return new TrainingPlan(
                student, objective, weights, data, optimisation, steps, seed, Optional.empty(), Optional.of(other));
    }
}
