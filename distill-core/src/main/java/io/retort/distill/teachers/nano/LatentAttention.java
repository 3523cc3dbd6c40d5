package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.teachers.causal.BlockwiseAttention;
import io.retort.distill.teachers.causal.Kernels;
import io.retort.distill.teachers.causal.TokenCache;

/**
 * Multi-head latent attention (DeepSeek-V3, section 2.1.1), twice: {@link #whole} expands keys and values a head, which
 * is cheaper for whole sequences; {@link #step} stays in the latent space ("absorbed" matrices), which is cheaper for one
 * token against a cache. Both are the same function.
 */
final class LatentAttention {
    private final AttentionConfig config;
    private final double normEpsilon;

    LatentAttention(AttentionConfig config, double normEpsilon) {
        this.config = config;
        this.normEpsilon = normEpsilon;
    }

    /** Attention of every token to itself and those before it: {@code [batch · time, model]} to the same. */
    NDArray whole(NDArray x, AttentionWeights weights, int layer, WholePass pass) {
        int batch = pass.batch();
        int time = pass.time();
        int heads = config.heads();
        NDArray query = pass.rotation().query(queries(x, weights).reshape(batch, time, heads, config.querySize()));
        NDList compressed = Kernels.linear(x, weights.latent()).split(new long[] {config.latentRank()}, 1);
        NDArray latent = Kernels.rmsNorm(compressed.get(0), weights.latentNorm(), normEpsilon);
        NDArray ropeKey = pass.rotation().key(compressed.get(1).reshape(batch, time, config.ropeSize()));
        pass.sink().keep(layer, latent.reshape(batch, time, config.latentRank()), ropeKey);
        NDList expanded = Kernels.linear(latent, weights.expansion())
                .reshape(batch, time, heads, config.nopeSize() + config.valueSize())
                .split(new long[] {config.nopeSize()}, 3);
        NDArray sharedKey = ropeKey.expandDims(2).broadcast(batch, time, heads, config.ropeSize());
        NDArray key = NDArrays.concat(new NDList(expanded.get(0), sharedKey), 3);
        NDArray mixed = BlockwiseAttention.causal(query, key, expanded.get(1), pass.mask());
        return Kernels.linear(mixed, weights.output());
    }

    /** Attention of one new token a row, {@code [rows, model]}, to the cache, where it is appended. */
    NDArray step(NDArray x, AttentionWeights weights, int layer, NextToken next) {
        TokenCache cache = next.cache();
        NDManager scope = x.getManager();
        int rows = cache.rows();
        int heads = config.heads();
        NDArray query = next.rotation().query(queries(x, weights).reshape(rows, heads, config.querySize()));
        NDList compressed = Kernels.linear(x, weights.latent()).split(new long[] {config.latentRank()}, 1);
        NDArray latent = Kernels.rmsNorm(compressed.get(0), weights.latentNorm(), normEpsilon);
        NDArray ropeKey = next.rotation().key(compressed.get(1));
        cache.append(layer, latent.expandDims(1), ropeKey.expandDims(1));
        NDArray past = cache.firsts(layer, 1, scope);
        NDArray pastKeys = cache.seconds(layer, 1, scope);
        NDList parts = query.split(new long[] {config.nopeSize()}, 2);
        // queries in the latent space: [heads, rows, nope] x [heads, nope, latentRank] to [rows, heads, latentRank]
        NDArray latentQuery = parts.get(0)
                .transpose(1, 0, 2)
                .matMul(expansion(weights, scope, 0, config.nopeSize()))
                .transpose(1, 0, 2);
        NDArray scores = latentQuery
                .matMul(past.transpose(0, 2, 1))
                .add(parts.get(1).matMul(pastKeys.transpose(0, 2, 1)))
                .add(next.mask());
        NDArray mixed = scores.softmax(-1).matMul(past); // [rows, heads, latentRank]
        NDArray values = mixed.transpose(1, 0, 2)
                .matMul(expansion(weights, scope, config.nopeSize(), config.nopeSize() + config.valueSize())
                        .transpose(0, 2, 1))
                .transpose(1, 0, 2)
                .reshape(rows, (long) heads * config.valueSize());
        return Kernels.linear(values, weights.output());
    }

    private NDArray queries(NDArray x, AttentionWeights weights) {
        NDArray input = weights.compression()
                .map(c -> Kernels.rmsNorm(Kernels.linear(x, c.projection()), c.norm(), normEpsilon))
                .orElse(x);
        return Kernels.linear(input, weights.query());
    }

    /** Rows {@code from} to {@code to} of each head's expansion: {@code [heads, to − from, latentRank]}, a view. */
    private NDArray expansion(AttentionWeights weights, NDManager scope, int from, int to) {
        Shape byHead = new Shape(config.heads(), config.nopeSize() + config.valueSize(), config.latentRank());
        // A first view moves into the scope, so that nothing is left behind with the shared weights.
        NDArray all = weights.expansion().get(scope, new NDIndex(":"));
        return all.reshape(byHead).get(scope, new NDIndex(":, {}:{}", from, to));
    }
}
