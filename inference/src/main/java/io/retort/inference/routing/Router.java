package io.retort.inference.routing;

import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses experts by their probability of being right for a prompt: softmax(V·tanh(W·x + b) + c) over the features x.
 *
 * <p>Weights, row-major: {@code hidden.weight} [hidden, buckets], {@code hidden.bias} [hidden], {@code output.weight}
 * [experts, hidden], {@code output.bias} [experts]. Immutable, thread-safe.
 */
public final class Router {
    /** Name of W. */
    public static final String HIDDEN_WEIGHT = "hidden.weight";
    /** Name of b. */
    public static final String HIDDEN_BIAS = "hidden.bias";
    /** Name of V. */
    public static final String OUTPUT_WEIGHT = "output.weight";
    /** Name of c. */
    public static final String OUTPUT_BIAS = "output.bias";

    private final RouterConfig config;
    private final float[] hiddenWeight;
    private final float[] hiddenBias;
    private final float[] outputWeight;
    private final float[] outputBias;

    /**
     * A router with the given weights, by name.
     *
     * @throws IllegalArgumentException where a tensor is missing, has another shape or is one too many
     */
    public Router(RouterConfig config, Map<String, Tensor> weights) {
        int experts = config.experts().size();
        this.config = config;
        this.hiddenWeight = values(
                weights, HIDDEN_WEIGHT, config.hidden(), config.features().buckets());
        this.hiddenBias = values(weights, HIDDEN_BIAS, config.hidden());
        this.outputWeight = values(weights, OUTPUT_WEIGHT, experts, config.hidden());
        this.outputBias = values(weights, OUTPUT_BIAS, experts);
        if (weights.size() != 4) {
            throw new IllegalArgumentException("expected the 4 tensors of a router, found " + weights.keySet());
        }
    }

    /** Returns the shape. */
    public RouterConfig config() {
        return config;
    }

    /** Returns the weights: what the constructor takes. */
    public List<Tensor> tensors() {
        int experts = config.experts().size();
        int hidden = config.hidden();
        return List.of(
                new Tensor(HIDDEN_WEIGHT, new int[] {hidden, config.features().buckets()}, hiddenWeight.clone()),
                new Tensor(HIDDEN_BIAS, new int[] {hidden}, hiddenBias.clone()),
                new Tensor(OUTPUT_WEIGHT, new int[] {experts, hidden}, outputWeight.clone()),
                new Tensor(OUTPUT_BIAS, new int[] {experts}, outputBias.clone()));
    }

    /** Returns the experts for {@code prompt}, as many as the configuration says, by the network alone. */
    public Routing route(byte[] prompt) {
        double[] logits = logits(prompt);
        return Routing.ofLikeliest(config.experts(), softmax(logits), config.chosen())
                .with(novelty(logits));
    }

    /**
     * Returns the experts for {@code prompt}, their probabilities multiplied by what {@code history} says of them.
     *
     * @param most no more experts than this, nor than the configuration says
     */
    public Routing route(byte[] prompt, PerformanceHistory history, int most) {
        double[] logits = logits(prompt);
        double[] adjusted = history.adjust(softmax(logits));
        return Routing.ofLikeliest(config.experts(), adjusted, Math.min(most, config.chosen()))
                .with(novelty(logits));
    }

    private Optional<Novelty> novelty(double[] logits) {
        return config.calibration().tellsUnknown()
                ? Optional.of(
                        new Novelty(noveltyScore(logits), config.calibration().unknownThreshold()))
                : Optional.empty();
    }

    /** Returns the {@linkplain Novelty#score score} of {@code prompt}, which needs no threshold. */
    public double noveltyScore(byte[] prompt) {
        return noveltyScore(logits(prompt));
    }

    private static double noveltyScore(double[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - most);
        }
        return -(most + Math.log(sum));
    }

    /** Returns the same router with another calibration. */
    public Router withCalibration(Calibration calibration) {
        Map<String, Tensor> weights = new HashMap<>();
        for (Tensor tensor : tensors()) {
            weights.put(tensor.name(), tensor);
        }
        return new Router(config.withCalibration(calibration), weights);
    }

    /** Returns the probability of every expert, in the order of the configuration; they add up to 1. */
    public double[] probabilities(byte[] prompt) {
        return softmax(logits(prompt));
    }

    private double[] logits(byte[] prompt) {
        float[] x = config.features().of(prompt);
        int buckets = x.length;
        double[] hidden = new double[config.hidden()];
        for (int h = 0; h < hidden.length; h++) {
            double sum = hiddenBias[h];
            for (int i = 0; i < buckets; i++) {
                // Most features are zero.
                if (x[i] != 0) {
                    sum += (double) hiddenWeight[h * buckets + i] * x[i];
                }
            }
            hidden[h] = Math.tanh(sum);
        }
        double[] logits = new double[outputBias.length];
        for (int e = 0; e < logits.length; e++) {
            double sum = outputBias[e];
            for (int h = 0; h < hidden.length; h++) {
                sum += outputWeight[e * hidden.length + h] * hidden[h];
            }
            logits[e] = sum;
        }
        return logits;
    }

    /** Returns exp(logit) over its sum, computed so that no exponential overflows. */
    public static double[] softmax(double[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            most = Math.max(most, logit);
        }
        double[] probabilities = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = Math.exp(logits[i] - most);
            sum += probabilities[i];
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    private static float[] values(Map<String, Tensor> weights, String name, int... shape) {
        Tensor tensor = weights.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("expected a tensor " + name + ", found " + weights.keySet());
        }
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException("expected shape " + Arrays.toString(shape) + " for tensor " + name
                    + ", found " + Arrays.toString(tensor.shape()));
        }
        return tensor.values().clone();
    }
}
