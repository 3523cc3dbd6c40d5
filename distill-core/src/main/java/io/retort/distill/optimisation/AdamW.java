package io.retort.distill.optimisation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", algorithm 2), for
 * arrays of any shape.
 */
public final class AdamW implements Optimiser {

    /**
     * @param rate learning rate before the schedule
     * @param firstDecay decay of the mean of gradients, beta 1
     * @param secondDecay decay of the mean of squared gradients, beta 2
     * @param floor added to the root of the second mean
     * @param weightDecay share of a weight lost in an update, times the learning rate
     */
    public record Settings(double rate, double firstDecay, double secondDecay, double floor, double weightDecay) {
        public Settings {
            if (!(rate > 0 && floor > 0 && weightDecay >= 0)) {
                throw new IllegalArgumentException("expected a positive rate and floor and no negative decay, found "
                        + rate + ", " + floor + ", " + weightDecay);
            }
            if (!(firstDecay >= 0 && firstDecay < 1 && secondDecay >= 0 && secondDecay < 1)) {
                throw new IllegalArgumentException(
                        "expected decays of 0 to below 1, found " + firstDecay + " and " + secondDecay);
            }
        }

        /** 0.005 with 0.9 and 0.98, decay 0.01. */
        public static Settings standard() {
            return new Settings(0.005, 0.9, 0.98, 1e-8, 0.01);
        }

        /** The same with another learning rate. */
        public Settings withRate(double other) {
            return new Settings(other, firstDecay, secondDecay, floor, weightDecay);
        }
    }

    private final List<TrainedArray> arrays;
    private final Settings settings;
    private final NDManager manager;
    private final Map<String, NDArray> first = new LinkedHashMap<>();
    private final Map<String, NDArray> second = new LinkedHashMap<>();

    /** State for {@code arrays}, all zero, in a sub-manager of {@code parent}. */
    public AdamW(NDManager parent, List<TrainedArray> arrays, Settings settings) {
        this.arrays = List.copyOf(arrays);
        this.settings = settings;
        this.manager = parent.newSubManager();
        for (TrainedArray array : arrays) {
            first.put(array.name(), manager.zeros(array.values().getShape()));
            second.put(array.name(), manager.zeros(array.values().getShape()));
        }
    }

    @Override
    public void update(int step, double rateFactor) {
        double rate = settings.rate * rateFactor;
        double firstCorrection = 1 - Math.pow(settings.firstDecay, step);
        double secondCorrection = Math.sqrt(1 - Math.pow(settings.secondDecay, step));
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = manager.newSubManager()) {
            for (TrainedArray array : arrays) {
                NDArray gradient = GradientMode.gradient(array, scope);
                NDArray mean = state(first, array);
                NDArray squares = state(second, array);
                mean.muli(settings.firstDecay).addi(gradient.mul(1 - settings.firstDecay));
                squares.muli(settings.secondDecay).addi(gradient.square().muli(1 - settings.secondDecay));
                NDArray root = squares.sqrt();
                root.attach(scope);
                root.divi(secondCorrection).addi(settings.floor);
                NDArray change = mean.div(root);
                change.attach(scope);
                array.values().muli(1 - rate * settings.weightDecay);
                array.values().subi(change.muli(rate / firstCorrection));
                GradientMode.clearGradient(array.values());
            }
        }
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        first.forEach((name, values) -> state.put("adam.first." + name, values));
        second.forEach((name, values) -> state.put("adam.second." + name, values));
        return state;
    }

    @Override
    public void close() {
        manager.close();
    }

    private static NDArray state(Map<String, NDArray> arrays, TrainedArray array) {
        NDArray found = arrays.get(array.name());
        if (found == null) {
            throw new IllegalStateException(array.name() + ": no optimiser state");
        }
        return found;
    }
}
