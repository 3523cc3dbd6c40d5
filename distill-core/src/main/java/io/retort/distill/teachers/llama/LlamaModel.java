package io.retort.distill.teachers.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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

/** The forward pass of a Llama. */
public final class LlamaModel implements IncrementalModel {
    /** The class name transformers knows the architecture by. */
    public static final String ARCHITECTURE = "LlamaForCausalLM";

    private final LlamaConfig config;
    private final LlamaWeights weights;
    private final RotationPlan rotation;

    private LlamaModel(LlamaConfig config, LlamaWeights weights) {
        this.config = config;
        this.weights = weights;
        LlamaConfig.Attention sizes = config.attention();
        this.rotation = new RotationPlan(
                0, sizes.frequencies(), RotationPlan.Pairing.HALVES, 1, 1 / Math.sqrt(sizes.headSize()));
    }

    /**
     * Loads the model of a checkpoint, its weights into the manager.
     *
     * @throws io.retort.datasets.InvalidDataException when the tensors are not those the config describes, or not finite
     */
    public static LlamaModel load(LlamaConfig config, CheckpointFiles files, NDManager manager) {
        WeightLoader loader = WeightLoader.of(LlamaLayout.of(config), files, LlamaLayout::isUnused);
        return new LlamaModel(config, LlamaWeights.of(config, loader.load(files, manager)));
    }

    /** The number of weights of a config. */
    public static long parameters(LlamaConfig config) {
        return LlamaLayout.of(config).values().stream().mapToLong(Shape::size).sum();
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
        int width = config.attention().keyHeads() * config.attention().headSize();
        return new TokenCache(
                new TokenCache.TokenShape(config.layers(), width, width, DataType.FLOAT32), promptLengths, newTokens);
    }

    @Override
    public NDArray hidden(NDArray ids) {
        return hidden(ids, TokenSink.NONE);
    }

    @Override
    public NDArray prefill(NDArray ids, TokenCache cache) {
        NDArray hidden = hidden(ids, cache::append);
        cache.advance((int) ids.getShape().get(1));
        return hidden;
    }

    private NDArray hidden(NDArray ids, TokenSink sink) {
        int batch = (int) ids.getShape().get(0);
        int time = (int) ids.getShape().get(1);
        requireContext(time);
        NDManager scope = ids.getManager();
        long[] positions = new long[time];
        Arrays.setAll(positions, i -> i);
        Rotation turned = Rotation.of(rotation, positions, scope, DataType.FLOAT32);
        NDArray mask = BlockwiseAttention.mask(scope, time, DataType.FLOAT32);
        NDArray x = Kernels.embed(ids.reshape((long) batch * time), weights.embedding());
        for (int layer = 0; layer < config.layers(); layer++) {
            x = whole(x, layer, new Shape(batch, time), turned, mask, sink);
        }
        return norm(x, weights.norm());
    }

    private NDArray whole(NDArray x, int layer, Shape tokens, Rotation turned, NDArray mask, TokenSink sink) {
        LlamaWeights.Layer at = weights.layers().get(layer);
        int batch = (int) tokens.get(0);
        int time = (int) tokens.get(1);
        NDArray attended = Scratch.within(x, input -> {
            Projected projected = project(norm(input, at.inputNorm()), at, tokens, turned);
            sink.keep(layer, joined(projected.key(), batch, time), joined(projected.value(), batch, time));
            NDArray mixed = BlockwiseAttention.causal(projected.query(), projected.key(), projected.value(), mask);
            return Kernels.raised(Kernels.linear(mixed, at.output()), input);
        });
        return Scratch.within(attended, input -> Kernels.raised(gated(input, at), input));
    }

    @Override
    public NDArray step(NDArray ids, TokenCache cache) {
        NDManager scope = ids.getManager();
        LlamaConfig.Attention sizes = config.attention();
        int rows = cache.rows();
        int group = sizes.heads() / sizes.keyHeads();
        long[] positions = cache.nextPositions();
        requireContext((int) Arrays.stream(positions).max().orElseThrow() + 1);
        Rotation turned = Rotation.of(rotation, positions, scope, DataType.FLOAT32);
        NDArray mask = cache.nextMask(scope, DataType.FLOAT32).expandDims(1); // [rows, 1, 1, past + 1]
        NDArray x = Kernels.embed(ids, weights.embedding());
        for (int layer = 0; layer < config.layers(); layer++) {
            LlamaWeights.Layer at = weights.layers().get(layer);
            Projected projected = project(norm(x, at.inputNorm()), at, new Shape(rows), turned);
            cache.append(layer, joined(projected.key(), rows, 1), joined(projected.value(), rows, 1));
            NDArray query = projected.query().reshape(rows, sizes.keyHeads(), group, sizes.headSize());
            NDArray scores = query.matMul(past(cache.firsts(layer, 1, scope)).transpose(0, 2, 3, 1))
                    .add(mask); // [rows, keyHeads, group, past + 1]
            NDArray mixed = scores.softmax(-1)
                    .matMul(past(cache.seconds(layer, 1, scope)).transpose(0, 2, 1, 3));
            x = x.add(Kernels.linear(mixed.reshape(rows, queryWidth()), at.output()));
            x = x.add(gated(x, at));
        }
        cache.advance(1);
        return norm(x, weights.norm());
    }

    @Override
    public NDArray logits(NDArray hidden) {
        return Kernels.linear(hidden, weights.head());
    }

    /**
     * What attention takes of each token.
     *
     * @param query {@code [.., heads, size]}, turned and scaled
     * @param key {@code [.., keyHeads, size]}, turned
     * @param value {@code [.., keyHeads, size]}
     */
    private record Projected(NDArray query, NDArray key, NDArray value) {}

    /** Projections of x, {@code [tokens, model]}, with the tokens' own axes in front of the heads'. */
    private Projected project(NDArray x, LlamaWeights.Layer at, Shape tokens, Rotation turned) {
        LlamaConfig.Attention sizes = config.attention();
        Shape queries = tokens.addAll(new Shape(sizes.heads(), sizes.headSize()));
        Shape keys = tokens.addAll(new Shape(sizes.keyHeads(), sizes.headSize()));
        return new Projected(
                turned.query(Kernels.linear(x, at.query()).reshape(queries)),
                turned.headKeys(Kernels.linear(x, at.key()).reshape(keys)),
                Kernels.linear(x, at.value()).reshape(keys));
    }

    private NDArray joined(NDArray heads, int batch, int time) {
        return heads.reshape(
                batch,
                time,
                (long) config.attention().keyHeads() * config.attention().headSize());
    }

    /** A cache's rows by head: {@code [rows, past, keyHeads, size]}. */
    private NDArray past(NDArray rows) {
        Shape shape = rows.getShape();
        return rows.reshape(
                shape.get(0),
                shape.get(1),
                config.attention().keyHeads(),
                config.attention().headSize());
    }

    private NDArray gated(NDArray x, LlamaWeights.Layer at) {
        return Kernels.gated(norm(x, at.outputNorm()), at.gate(), at.up(), at.down());
    }

    private NDArray norm(NDArray x, NDArray gain) {
        return Kernels.rmsNorm(x, gain, config.normEpsilon());
    }

    private long queryWidth() {
        return (long) config.attention().heads() * config.attention().headSize();
    }

    private void requireContext(int tokens) {
        if (tokens < 1 || tokens > config.contextTokens()) {
            throw new IllegalArgumentException(
                    "expected 1 to " + config.contextTokens() + " tokens in a sequence, found " + tokens);
        }
    }
}
