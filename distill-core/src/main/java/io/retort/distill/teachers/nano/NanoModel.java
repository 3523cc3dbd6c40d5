package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.causal.BlockwiseAttention;
import io.retort.distill.teachers.causal.IncrementalModel;
import io.retort.distill.teachers.causal.Kernels;
import io.retort.distill.teachers.causal.Rotation;
import io.retort.distill.teachers.causal.RotationPlan;
import io.retort.distill.teachers.causal.Scratch;
import io.retort.distill.teachers.causal.TokenCache;
import io.retort.distill.teachers.causal.TokenSink;
import io.retort.distill.teachers.causal.WeightLoader;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import java.util.Arrays;
import java.util.Map;

/**
 * The forward pass. Everything it makes belongs to the manager of the ids it is given, so closing that one frees a pass.
 * The weights are only read: one model serves any number of threads, each with managers of its own.
 */
public final class NanoModel implements IncrementalModel {
    /** The class name transformers knows the architecture by. */
    public static final String ARCHITECTURE = "DeepseekV3ForCausalLM";

    private final NanoConfig config;
    private final NanoWeights weights;
    private final Map<String, NDArray> tensors;
    private final LatentAttention attention;
    private final ExpertMixture mixture;
    private final RotationPlan rotation;

    /**
     * A model of the given tensors, which stay the caller's to close.
     *
     * @param tensors checkpoint names to arrays, all of one floating-point type
     * @throws InvalidDataException when a tensor is missing, left over or of a wrong shape
     */
    public NanoModel(NanoConfig config, Map<String, NDArray> tensors) {
        this.config = config;
        this.tensors = Map.copyOf(tensors);
        this.weights = NanoWeights.of(config, tensors);
        this.attention = new LatentAttention(config.attention(), config.normEpsilon());
        this.mixture = new ExpertMixture(config.experts());
        AttentionConfig sizes = config.attention();
        this.rotation = new RotationPlan(
                sizes.nopeSize(),
                config.rope().frequencies(sizes.ropeSize()),
                RotationPlan.Pairing.NEIGHBOURS,
                config.rope().rotationFactor(),
                config.rope().softmaxFactor() / Math.sqrt(sizes.querySize()));
    }

    /**
     * Loads the model of a checkpoint, its weights into the manager.
     *
     * @throws InvalidDataException when the tensors are not those the config describes, or not finite
     */
    public static NanoModel load(NanoConfig config, CheckpointFiles files, NDManager manager) {
        WeightLoader loader = WeightLoader.of(TensorLayout.of(config), files, name -> false);
        return new NanoModel(config, loader.load(files, manager));
    }

    /** What fixes the function. */
    public NanoConfig config() {
        return config;
    }

    /** Its weights by their checkpoint names, live. */
    public Map<String, NDArray> tensors() {
        return tensors;
    }

    /** The floating-point type it computes in. */
    public DataType dataType() {
        return weights.embedding().getDataType();
    }

    @Override
    public int vocabularySize() {
        return config.vocabularySize();
    }

    @Override
    public int contextTokens() {
        return config.contextTokens();
    }

    @Override
    public int bos() {
        return config.bos();
    }

    @Override
    public int eos() {
        return config.eos();
    }

    @Override
    public TokenCache cache(int[] promptLengths, int newTokens) {
        AttentionConfig sizes = config.attention();
        TokenCache.TokenShape shape =
                new TokenCache.TokenShape(config.layers(), sizes.latentRank(), sizes.ropeSize(), dataType());
        return new TokenCache(shape, promptLengths, newTokens);
    }

    @Override
    public NDArray hidden(NDArray ids) {
        return hidden(ids, RoutingListener.NONE);
    }

    /**
     * Hidden states of whole sequences, normalised for {@link #logits}.
     *
     * @param ids int64 {@code [batch, time]}, padded on the right with any id: causality keeps padding from mattering
     * @param routing who is told of the experts' choices, tokens in the order of the result
     * @return {@code [batch · time, model]}
     */
    public NDArray hidden(NDArray ids, RoutingListener routing) {
        return hidden(ids, routing, TokenSink.NONE);
    }

    @Override
    public NDArray prefill(NDArray ids, TokenCache cache) {
        NDArray hidden = hidden(ids, RoutingListener.NONE, cache::append);
        cache.advance((int) ids.getShape().get(1));
        return hidden;
    }

    private NDArray hidden(NDArray ids, RoutingListener routing, TokenSink sink) {
        int batch = (int) ids.getShape().get(0);
        int time = (int) ids.getShape().get(1);
        requireContext(time);
        NDManager scope = ids.getManager();
        long[] positions = new long[time];
        Arrays.setAll(positions, i -> i);
        WholePass pass = new WholePass(
                batch,
                time,
                Rotation.of(rotation, positions, scope, dataType()),
                BlockwiseAttention.mask(scope, time, dataType()),
                sink,
                routing);
        NDArray x = Kernels.embed(ids.reshape((long) batch * time), weights.embedding());
        for (int layer = 0; layer < config.layers(); layer++) {
            LayerWeights at = weights.layers().get(layer);
            x = whole(x, at, layer, pass);
        }
        return norm(x, weights.norm());
    }

    private NDArray whole(NDArray x, LayerWeights at, int layer, WholePass pass) {
        NDArray attended = Scratch.within(
                x,
                input -> Kernels.raised(
                        attention.whole(norm(input, at.inputNorm()), at.attention(), layer, pass), input));
        return Scratch.within(
                attended,
                input -> Kernels.raised(
                        feedForward(norm(input, at.outputNorm()), at.feedForward(), layer, pass.routing()), input));
    }

    @Override
    public NDArray step(NDArray ids, TokenCache cache) {
        NDManager scope = ids.getManager();
        long[] positions = cache.nextPositions();
        requireContext((int) Arrays.stream(positions).max().orElseThrow() + 1);
        NextToken next = new NextToken(
                cache, Rotation.of(rotation, positions, scope, dataType()), cache.nextMask(scope, dataType()));
        NDArray x = Kernels.embed(ids, weights.embedding());
        for (int layer = 0; layer < config.layers(); layer++) {
            LayerWeights at = weights.layers().get(layer);
            x = x.add(attention.step(norm(x, at.inputNorm()), at.attention(), layer, next));
            x = x.add(feedForward(norm(x, at.outputNorm()), at.feedForward(), layer, RoutingListener.NONE));
        }
        cache.advance(1);
        return norm(x, weights.norm());
    }

    @Override
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
        return ((GatedMlp) network).apply(x);
    }

    private void requireContext(int tokens) {
        if (tokens < 1 || tokens > config.contextTokens()) {
            throw new IllegalArgumentException(
                    "expected 1 to " + config.contextTokens() + " tokens in a sequence, found " + tokens);
        }
    }
}
