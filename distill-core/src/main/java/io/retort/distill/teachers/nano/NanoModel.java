package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.nano.LatentAttention.LatentSink;
import java.util.Arrays;
import java.util.Map;

/**
 * The forward pass. Everything it makes belongs to the manager of the ids it is given, so closing that one frees a pass.
 * The weights are only read: one model serves any number of threads, each with managers of its own.
 */
public final class NanoModel {
    /** The class name transformers knows the architecture by. */
    public static final String ARCHITECTURE = "DeepseekV3ForCausalLM";

    private final NanoConfig config;
    private final NanoWeights weights;
    private final LatentAttention attention;
    private final ExpertMixture mixture;

    /**
     * A model of the given tensors, which stay the caller's to close.
     *
     * @param tensors checkpoint names to arrays, all of one floating-point type
     * @throws InvalidDataException when a tensor is missing, left over or of a wrong shape
     */
    public NanoModel(NanoConfig config, Map<String, NDArray> tensors) {
        this.config = config;
        this.weights = NanoWeights.of(config, tensors);
        this.attention = new LatentAttention(config.attention(), config.normEpsilon());
        this.mixture = new ExpertMixture(config.experts());
    }

    /** What fixes the function. */
    public NanoConfig config() {
        return config;
    }

    /** The floating-point type it computes in. */
    public DataType dataType() {
        return weights.embedding().getDataType();
    }

    /**
     * Hidden states of whole sequences, normalised for {@link #logits}.
     *
     * @param ids int64 {@code [batch, time]}, padded on the right with any id: causality keeps padding from mattering
     * @param routing who is told of the experts' choices, tokens in the order of the result
     * @return {@code [batch · time, model]}
     */
    public NDArray hidden(NDArray ids, RoutingListener routing) {
        return hidden(ids, routing, LatentSink.NONE);
    }

    /**
     * The pass over the prompts of a batch that {@link #step} continues.
     *
     * @param ids int64 {@code [rows, time]}, padded on the right
     * @param cache an empty cache of these rows
     * @return {@code [rows · time, model]}
     */
    public NDArray prefill(NDArray ids, LatentCache cache) {
        NDArray hidden = hidden(ids, RoutingListener.NONE, cache::append);
        cache.advance((int) ids.getShape().get(1));
        return hidden;
    }

    private NDArray hidden(NDArray ids, RoutingListener routing, LatentSink sink) {
        int batch = (int) ids.getShape().get(0);
        int time = (int) ids.getShape().get(1);
        requireContext(time);
        NDManager scope = ids.getManager();
        long[] positions = new long[time];
        Arrays.setAll(positions, i -> i);
        WholePass pass = new WholePass(
                batch, time, Rotation.of(config, positions, scope, dataType()), causalMask(scope, time), sink, routing);
        NDArray x = Kernels.embed(ids.reshape((long) batch * time), weights.embedding());
        for (int layer = 0; layer < config.layers(); layer++) {
            LayerWeights at = weights.layers().get(layer);
            x = x.add(attention.whole(norm(x, at.inputNorm()), at.attention(), layer, pass));
            x = x.add(feedForward(norm(x, at.outputNorm()), at.feedForward(), layer, routing));
        }
        return norm(x, weights.norm());
    }

    /**
     * Hidden states of one more token a row, which the cache keeps.
     *
     * @param ids int64 {@code [rows]}
     * @return {@code [rows, model]}
     */
    public NDArray step(NDArray ids, LatentCache cache) {
        NDManager scope = ids.getManager();
        long[] positions = cache.nextPositions();
        requireContext((int) Arrays.stream(positions).max().orElseThrow() + 1);
        NextToken next = new NextToken(
                cache, Rotation.of(config, positions, scope, dataType()), cache.nextMask(scope, dataType()));
        NDArray x = Kernels.embed(ids, weights.embedding());
        for (int layer = 0; layer < config.layers(); layer++) {
            LayerWeights at = weights.layers().get(layer);
            x = x.add(attention.step(norm(x, at.inputNorm()), at.attention(), layer, next));
            x = x.add(feedForward(norm(x, at.outputNorm()), at.feedForward(), layer, RoutingListener.NONE));
        }
        cache.advance(1);
        return norm(x, weights.norm());
    }

    /** Unnormalised log-probabilities: {@code [n, model]} to {@code [n, vocabulary]}. */
    public NDArray logits(NDArray hidden) {
        return Kernels.linear(hidden, weights.head());
    }

    private NDArray norm(NDArray x, NDArray gain) {
        return Kernels.rmsNorm(x, gain, config.normEpsilon());
    }

    private NDArray feedForward(NDArray x, FeedForward network, int layer, RoutingListener routing) {
        if (network instanceof Mixture experts) {
            return mixture.apply(x, experts, layer, routing);
        }
        return Kernels.gated(x, (GatedMlp) network);
    }

    private NDArray causalMask(NDManager scope, int time) {
        float[] mask = new float[time * time];
        for (int row = 0; row < time; row++) {
            Arrays.fill(mask, row * time + row + 1, (row + 1) * time, Float.NEGATIVE_INFINITY);
        }
        return scope.create(mask, new Shape(time, time)).toType(dataType(), false);
    }

    private void requireContext(int tokens) {
        if (tokens < 1 || tokens > config.contextTokens()) {
            throw new IllegalArgumentException(
                    "expected 1 to " + config.contextTokens() + " tokens in a sequence, found " + tokens);
        }
    }
}
