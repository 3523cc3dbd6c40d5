package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * The recurrence {@code h_t = a_t h_{t-1} + u_t}, {@code h_{-1} = 0}, over all positions at once.
 *
 * <p>Within a chunk, {@code h_t = A_t Σ_{s≤t} u_s / A_s} with {@code A} the running product of {@code a}; the chunk is short
 * enough that {@code 1 / A} stays finite for every a of at least {@link #SMALLEST_FACTOR}. Between chunks, whose last
 * states obey the same recurrence, doubling takes log2(chunks) steps (Hillis and Steele, "Data parallel algorithms",
 * 1986). Everything is made of differentiable operations.
 */
final class GatedScan {

    /** Positions a chunk. */
    static final int CHUNK = 8;

    /** {@code SMALLEST_FACTOR ^ CHUNK} is about 1e-28, within the range of a float. */
    static final double SMALLEST_FACTOR = 3.3e-4;

    private GatedScan() {}

    /**
     * The states.
     *
     * @param logFactors ln a, [batch, time, channels], time a multiple of {@link #CHUNK}
     * @param inputs u, of the same shape
     * @return h, of the same shape
     */
    static NDArray states(NDArray logFactors, NDArray inputs) {
        Shape shape = inputs.getShape();
        long batch = shape.get(0);
        long channels = shape.get(2);
        long chunks = shape.get(1) / CHUNK;
        Shape chunked = new Shape(batch, chunks, CHUNK, channels);
        NDArray logProducts = logFactors.reshape(chunked).cumSum(2); // ln A
        NDArray products = logProducts.exp();
        // Times exp(-ln A) and not divided by A: the gradient of a quotient has A² below the line, which is no float.
        NDArray local =
                inputs.reshape(chunked).mul(logProducts.neg().exp()).cumSum(2).mul(products);
        if (chunks == 1) {
            return local.reshape(shape);
        }
        NDArray carried = carried(Axes.at(products, 2, CHUNK - 1), Axes.at(local, 2, CHUNK - 1)); // [batch, chunks, ch]
        NDArray before = Axes.delayed(carried).reshape(batch, chunks, 1, channels);
        return products.mul(before).add(local).reshape(shape);
    }

    /** The same recurrence over chunks, by doubling: factors and last states [batch, chunks, channels]. */
    private static NDArray carried(NDArray factors, NDArray lasts) {
        long chunks = lasts.getShape().get(1);
        NDArray products = factors;
        NDArray states = lasts;
        for (long stride = 1; stride < chunks; stride *= 2) {
            NDArray later = Axes.slice(products, 1, stride, chunks);
            NDArray reached = Axes.slice(states, 1, 0, chunks - stride).mul(later);
            states = NDArrays.concat(
                    new NDList(
                            Axes.slice(states, 1, 0, stride),
                            Axes.slice(states, 1, stride, chunks).add(reached)),
                    1);
            if (2 * stride < chunks) {
                NDArray extended = Axes.slice(products, 1, 0, chunks - stride).mul(later);
                products = NDArrays.concat(new NDList(Axes.slice(products, 1, 0, stride), extended), 1);
            }
        }
        return states;
    }
}
