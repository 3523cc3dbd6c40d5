package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.retort.distill.teachers.causal.Kernels;

/**
 * Routes tokens to experts and sums what the experts give. Tokens are sorted by expert, each expert computes its rows
 * once, and the rows go back to their tokens: no expert sees a token that did not choose it and none is dropped.
 */
final class ExpertMixture {
    private final ExpertConfig config;

    ExpertMixture(ExpertConfig config) {
        this.config = config;
    }

    /** The mixture's output for x, {@code [tokens, model]}. */
    NDArray apply(NDArray x, Mixture weights, int layer, RoutingListener listener) {
        // [tokens, experts]; the bias decides who is chosen and takes no part in the gradient
        NDArray scores =
                Kernels.linear(x, weights.router()).getNDArrayInternal().sigmoid();
        NDArray biased = scores.stopGradient().add(weights.bias());
        NDArray chosen = biased.topK(config.perToken(), 1, true, false).get(1);
        NDArray shares = shares(scores.gather(chosen, 1));
        long[] experts = chosen.toLongArray();
        listener.entered(layer, x);
        listener.routed(layer, experts, shares);
        Dispatch dispatch = Dispatch.of(experts, config.perToken(), config.routed());
        NDArray outputs = experts(Kernels.rows(x, dispatch.tokenOfRow()), dispatch, weights);
        long tokens = x.getShape().get(0);
        NDArray byToken = Kernels.rows(outputs, dispatch.rowOfChoice())
                .reshape(tokens, config.perToken(), x.getShape().get(1));
        NDArray routed = Kernels.scaled(byToken, shares.expandDims(2)).sum(new int[] {1});
        return weights.shared().map(mlp -> Kernels.raised(mlp.apply(x), routed)).orElse(routed);
    }

    private NDArray shares(NDArray scores) {
        NDArray shares = scores;
        if (config.weighting() == ExpertConfig.Weighting.NORMALISED) {
            shares = scores.div(scores.sum(new int[] {1}, true).add(Kernels.scalar(scores, 1e-20)));
        }
        return shares.mul(Kernels.scalar(scores, config.scaling()));
    }

    /** Rows sorted by expert, {@code [tokens · perToken, model]}, through their experts. */
    private static NDArray experts(NDArray rows, Dispatch dispatch, Mixture weights) {
        int[] visited = dispatch.visited();
        long[] cuts = new long[visited.length - 1];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = dispatch.firstRow()[visited[i + 1]];
        }
        NDList parts = cuts.length == 0 ? new NDList(rows) : rows.split(cuts);
        NDList outputs = new NDList(visited.length);
        for (int i = 0; i < visited.length; i++) {
            outputs.add(weights.experts().get(visited[i]).apply(parts.get(i)));
        }
        return outputs.size() == 1 ? outputs.head() : NDArrays.concat(outputs);
    }
}
