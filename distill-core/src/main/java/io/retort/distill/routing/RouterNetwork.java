package io.retort.distill.routing;

import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfig;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The router's network while it is trained, in double precision: all weights in one array, so that an optimiser need not
 * know the layers. Order: W [hidden, buckets], b [hidden], V [experts, hidden], c [experts].
 */
final class RouterNetwork {
    private final RouterConfig config;
    private final int buckets;
    private final int hidden;
    private final int experts;
    private final double[] weights;

    RouterNetwork(RouterConfig config, Random random) {
        this.config = config;
        this.buckets = config.features().buckets();
        this.hidden = config.hidden();
        this.experts = config.experts().size();
        this.weights = new double[Math.toIntExact(config.parameterCount())];
        // Features have unit length: W of unit variance gives the hidden layer inputs of unit variance.
        for (int i = 0; i < hidden * buckets; i++) {
            weights[i] = random.nextGaussian();
        }
        for (int i = outputAt(); i < outputAt() + experts * hidden; i++) {
            weights[i] = random.nextGaussian() / Math.sqrt(hidden);
        }
    }

    double[] weights() {
        return weights;
    }

    /** Returns whether a place in {@link #weights} is a weight, not a bias. */
    boolean decays(int place) {
        return place < hidden * buckets || (place >= outputAt() && place < outputAt() + experts * hidden);
    }

    /** Adds the gradient of the cross-entropy of one document to {@code gradient}; returns the cross-entropy in nats. */
    double addGradient(SparseFeatures x, double[] target, double[] gradient) {
        double[] activation = new double[hidden];
        double[] probabilities = forward(x, activation);
        double loss = 0;
        double[] hiddenGradient = new double[hidden];
        for (int e = 0; e < experts; e++) {
            if (target[e] > 0) {
                loss -= target[e] * StrictMath.log(Math.max(probabilities[e], Double.MIN_NORMAL));
            }
            // Softmax with cross-entropy: the gradient at a logit is probability − target.
            double delta = probabilities[e] - target[e];
            gradient[outputAt() + experts * hidden + e] += delta;
            for (int h = 0; h < hidden; h++) {
                gradient[outputAt() + e * hidden + h] += delta * activation[h];
                hiddenGradient[h] += delta * weights[outputAt() + e * hidden + h];
            }
        }
        for (int h = 0; h < hidden; h++) {
            double delta = hiddenGradient[h] * (1 - activation[h] * activation[h]);
            gradient[hidden * buckets + h] += delta;
            for (int i = 0; i < x.buckets().length; i++) {
                gradient[h * buckets + x.buckets()[i]] += delta * x.values()[i];
            }
        }
        return loss;
    }

    /** Returns the experts' probabilities and leaves the hidden layer's output in {@code activation}, [hidden]. */
    private double[] forward(SparseFeatures x, double[] activation) {
        for (int h = 0; h < hidden; h++) {
            double sum = weights[hidden * buckets + h];
            for (int i = 0; i < x.buckets().length; i++) {
                sum += weights[h * buckets + x.buckets()[i]] * x.values()[i];
            }
            activation[h] = StrictMath.tanh(sum);
        }
        double[] logits = new double[experts];
        for (int e = 0; e < experts; e++) {
            logits[e] = weights[outputAt() + experts * hidden + e];
            for (int h = 0; h < hidden; h++) {
                logits[e] += weights[outputAt() + e * hidden + h] * activation[h];
            }
        }
        return softmax(logits);
    }

    /** Softmax by StrictMath, which gives the same bits on every machine; the runtime need not. */
    static double[] softmax(double[] logits) {
        double most = Arrays.stream(logits).max().orElseThrow();
        double[] probabilities = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = StrictMath.exp(logits[i] - most);
            sum += probabilities[i];
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    /** Returns the network as the runtime has it, in single precision. */
    Router toRouter() {
        Map<String, Tensor> tensors = new HashMap<>();
        put(tensors, Router.HIDDEN_WEIGHT, 0, hidden, buckets);
        put(tensors, Router.HIDDEN_BIAS, hidden * buckets, hidden);
        put(tensors, Router.OUTPUT_WEIGHT, outputAt(), experts, hidden);
        put(tensors, Router.OUTPUT_BIAS, outputAt() + experts * hidden, experts);
        return new Router(config, tensors);
    }

    private void put(Map<String, Tensor> tensors, String name, int from, int... shape) {
        float[] values = new float[Math.toIntExact(Tensor.elements(shape))];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) weights[from + i];
        }
        tensors.put(name, new Tensor(name, shape, values));
    }

    private int outputAt() {
        return hidden * (buckets + 1);
    }
}
