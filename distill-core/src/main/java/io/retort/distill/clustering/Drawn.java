package io.retort.distill.clustering;

/**
 * Clusters that mean nothing: a document's costs are drawn from its id, from exponential distributions of which the least is
 * a cluster's in proportion to its size.
 *
 * @param sizes documents of each cluster
 * @param seed of the draws
 */
public record Drawn(long[] sizes, long seed) implements DocumentCosts {
    private static final double UNIFORM = 0x1p-53;

    @Override
    public double[] of(ClusteredDocument document) {
        double[] costs = new double[sizes.length];
        for (int c = 0; c < costs.length; c++) {
            double uniform = ((document.id().mixed(seed + c) >>> 11) + 0.5) * UNIFORM;
            costs[c] = sizes[c] == 0 ? Double.MAX_VALUE : -StrictMath.log(uniform) / sizes[c];
        }
        return costs;
    }
}
