package io.retort.distill.students;

import ai.djl.ndarray.NDArray;

/** What training minimises. */
public sealed interface Objective {

    /** How much of the target at a position is the teacher's, the rest being the symbol that occurred: 0 to 1. */
    double teacherShare(double confidence);

    /**
     * The loss of a batch, a scalar.
     *
     * @param logProbabilities the student's, [batch, time, alphabet]
     * @param targets distributions times the positions' weights, which sum to 1 over the batch; the same shape
     */
    NDArray loss(NDArray logProbabilities, NDArray targets);

    /**
     * Cross-entropy to {@code t = α c q + (1 - α c) onehot}, with q the teacher's distribution and c its confidence. Up to
     * a constant this is {@code α c KL(q‖s) + (1 - α c) CE} ("Distilling the Knowledge in a Neural Network", Hinton et al.
     * 2015, at temperature 1).
     *
     * @param alpha the teacher's share where it is certain, 0 to 1
     */
    record TargetMixture(double alpha) implements Objective {
        public TargetMixture {
            if (!(alpha >= 0 && alpha <= 1)) {
                throw new IllegalArgumentException("expected alpha of 0 to 1, found " + alpha);
            }
        }

        @Override
        public double teacherShare(double confidence) {
            return alpha * confidence;
        }

        @Override
        public NDArray loss(NDArray logProbabilities, NDArray targets) {
            return logProbabilities.mul(targets).sum().neg();
        }
    }

    /** Distillation with α = 0.7. */
    static Objective distillation() {
        return new TargetMixture(0.7);
    }

    /** The symbols that occurred, without a teacher. */
    static Objective crossEntropy() {
        return new TargetMixture(0);
    }
}
