package io.retort.distill.routing;

/** Kingma and Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1. */
final class Adam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double[] mean;
    private final double[] square;
    private double power1 = 1;
    private double power2 = 1;

    Adam(int weights) {
        mean = new double[weights];
        square = new double[weights];
    }

    void step(double[] weights, double[] gradient, double learningRate) {
        power1 *= BETA1;
        power2 *= BETA2;
        for (int i = 0; i < weights.length; i++) {
            mean[i] = BETA1 * mean[i] + (1 - BETA1) * gradient[i];
            square[i] = BETA2 * square[i] + (1 - BETA2) * gradient[i] * gradient[i];
            double unbiased = mean[i] / (1 - power1);
            weights[i] -= learningRate * unbiased / (Math.sqrt(square[i] / (1 - power2)) + EPSILON);
        }
    }
}
