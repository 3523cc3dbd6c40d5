package io.retort.distill.optimisation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Momentum whose update is orthogonalised (Jordan et al., "Muon: An optimizer for hidden layers in neural networks",
 * 2024), for matrices {@code [inputs, outputs]} and for stacks of them {@code [count, inputs, outputs]}, each matrix of a
 * stack on its own. A stack costs about as much time as one small matrix: put matrices of one shape together.
 */
public final class Muon implements Optimiser {

    /** How an orthogonalised update is scaled to its matrix's shape. */
    public enum UpdateScale {
        /** {@code sqrt(max(1, outputs / inputs))}, as in the first publication. */
        ASPECT,
        /** The same for matrices that are stored {@code [outputs, inputs]}. */
        ASPECT_OUTPUTS_FIRST,
        /** {@code 0.2 sqrt(max(inputs, outputs))}: updates as large as AdamW's ("Muon is Scalable for LLM Training"). */
        MATCH_ADAMW
    }

    /**
     * @param rate learning rate before the schedule
     * @param momentum decay of the mean of gradients; looked ahead as Nesterov's
     * @param iterations Newton–Schulz steps
     * @param weightDecay share of a weight lost in an update, times the learning rate
     * @param scale what the update is multiplied by
     */
    public record Settings(double rate, double momentum, int iterations, double weightDecay, UpdateScale scale) {
        public Settings {
            if (!(rate > 0 && weightDecay >= 0 && momentum >= 0 && momentum < 1) || iterations < 1) {
                throw new IllegalArgumentException(
                        "expected a positive rate, iterations, decay of at least 0 and momentum of 0 to below 1, found "
                                + rate + ", " + iterations + ", " + weightDecay + ", " + momentum);
            }
        }

        /** 0.02 with momentum 0.95, five iterations, decay 0.01. */
        public static Settings standard() {
            return new Settings(0.02, 0.95, 5, 0.01, UpdateScale.ASPECT);
        }

        /** What the update of a matrix {@code [inputs, outputs]} is multiplied by. */
        public double scaleOf(double inputs, double outputs) {
            return switch (scale) {
                case ASPECT -> Math.sqrt(Math.max(1, outputs / inputs));
                case ASPECT_OUTPUTS_FIRST -> Math.sqrt(Math.max(1, inputs / outputs));
                case MATCH_ADAMW -> 0.2 * Math.sqrt(Math.max(inputs, outputs));
            };
        }

        /** The same with another decay. */
        public Settings withWeightDecay(double other) {
            return new Settings(rate, momentum, iterations, other, scale);
        }

        /** The same with another learning rate. */
        public Settings withRate(double other) {
            return new Settings(other, momentum, iterations, weightDecay, scale);
        }
    }

    /**
     * Coefficients of the quintic with the steepest slope at 0 whose iterates stay within about 0.7 to 1.2 (Jordan et al.,
     * "Newton-Schulz"): of x, x³ and x⁵.
     */
    public static final double LINEAR = 3.4445;

    public static final double CUBIC = -4.7750;
    public static final double QUINTIC = 2.0315;
    private static final double NORM_FLOOR = 1e-7;

    private final List<TrainedArray> arrays;
    private final Settings settings;
    private final NDManager manager;
    private final Map<String, NDArray> momenta = new LinkedHashMap<>();

    /**
     * State for {@code arrays}, all zero, in a sub-manager of {@code parent}.
     *
     * @throws IllegalArgumentException if an array has neither two nor three dimensions
     */
    public Muon(NDManager parent, List<TrainedArray> arrays, Settings settings) {
        for (TrainedArray array : arrays) {
            int dimensions = array.values().getShape().dimension();
            if (dimensions != 2 && dimensions != 3) {
                throw new IllegalArgumentException(array.name() + ": expected a matrix or a stack of matrices, found "
                        + array.values().getShape());
            }
        }
        this.arrays = List.copyOf(arrays);
        this.settings = settings;
        this.manager = parent.newSubManager();
        for (TrainedArray array : arrays) {
            momenta.put(array.name(), manager.zeros(array.values().getShape()));
        }
    }

    @Override
    public void update(int step, double rateFactor) {
        double rate = settings.rate * rateFactor;
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = manager.newSubManager()) {
            for (TrainedArray array : arrays) {
                NDArray gradient = GradientMode.gradient(array, scope);
                NDArray momentum = momenta.get(array.name());
                if (momentum == null) {
                    throw new IllegalStateException(array.name() + ": no optimiser state");
                }
                momentum.muli(settings.momentum).addi(gradient.mul(1 - settings.momentum));
                NDArray ahead = gradient.mul(1 - settings.momentum);
                ahead.addi(scoped(momentum.mul(settings.momentum), scope));
                NDArray direction = orthogonalised(ahead, settings.iterations);
                array.values().muli(1 - rate * settings.weightDecay);
                array.values().subi(direction.mul(rate * scale(array.values().getShape())));
                GradientMode.clearGradient(array.values());
            }
        }
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        momenta.forEach((name, values) -> state.put("muon.momentum." + name, values));
        return state;
    }

    @Override
    public void close() {
        manager.close();
    }

    /**
     * Each matrix of {@code matrices}, [m, n] or [count, m, n], with its singular values brought near 1; the result has
     * the same shape and manager. Temporaries stay with that manager until it is closed.
     */
    static NDArray orthogonalised(NDArray matrices, int iterations) {
        Shape shape = matrices.getShape();
        int dimensions = shape.dimension();
        long rows = shape.get(dimensions - 2);
        long columns = shape.get(dimensions - 1);
        NDArray x = matrices.reshape(-1, rows, columns);
        x = rows > columns ? x.transpose(0, 2, 1) : x; // [count, small, large]
        NDArray norm = x.square().sum(new int[] {1, 2}, true).sqrt().addi(NORM_FLOOR);
        x = x.div(norm);
        for (int i = 0; i < iterations; i++) {
            NDArray squared = x.matMul(x.transpose(0, 2, 1)); // [count, small, small]
            NDArray polynomial = squared.mul(CUBIC).addi(squared.matMul(squared).muli(QUINTIC));
            x = x.mul(LINEAR).addi(polynomial.matMul(x));
        }
        x = rows > columns ? x.transpose(0, 2, 1) : x;
        return x.reshape(shape);
    }

    private double scale(Shape shape) {
        int dimensions = shape.dimension();
        return settings.scaleOf(shape.get(dimensions - 2), shape.get(dimensions - 1));
    }

    private static NDArray scoped(NDArray values, NDManager scope) {
        values.attach(scope);
        return values;
    }
}
