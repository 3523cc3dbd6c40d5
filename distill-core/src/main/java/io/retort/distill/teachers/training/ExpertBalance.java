package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;

/**
 * Balancing without an auxiliary loss (DeepSeek-V3, section 2.1.2; arXiv 2408.15664): after a step the choosing bias of
 * an expert moves up by the rate when it was chosen less than the mean and down when it was chosen more. Gradients never
 * see it.
 */
final class ExpertBalance {
    private ExpertBalance() {}

    /** What the bias moves by: rate · sign(mean load − load). */
    static float[] moves(long[] loads, double rate) {
        double mean = Arrays.stream(loads).average().orElse(0);
        float[] moves = new float[loads.length];
        for (int expert = 0; expert < loads.length; expert++) {
            moves[expert] = (float) (rate * Math.signum(mean - loads[expert]));
        }
        return moves;
    }

    /** Moves a layer's bias in place. */
    static void apply(NDArray bias, long[] loads, double rate, NDManager scope) {
        bias.addi(scope.create(moves(loads, rate)));
    }
}
