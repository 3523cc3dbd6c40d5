package io.retort.distill.students;

import ai.djl.ndarray.NDArray;

/** Rows scaled as the running form does it. */
final class Norms {

    /** Added to mean squares and to squared lengths before their root. */
    private static final double FLOOR = 1e-6;

    private Norms() {}

    /** The last axis divided by its root mean square. */
    static NDArray normalised(NDArray x) {
        NDArray squares = x.square().mean(new int[] {-1}, true);
        return x.mul(reciprocalRoot(squares.add(FLOOR)));
    }

    /** The last axis scaled to unit length. */
    static NDArray unitLength(NDArray x) {
        NDArray squares = x.square().sum(new int[] {-1}, true);
        return x.mul(reciprocalRoot(squares.add(FLOOR)));
    }

    /** The one is an array of its own: DJL closes the scalar of {@code rdiv(1)} while the graph still needs it. */
    private static NDArray reciprocalRoot(NDArray x) {
        NDArray root = x.sqrt();
        return root.onesLike().div(root);
    }
}
