package io.retort.inference.tensors;

import java.util.Arrays;
import java.util.Objects;

/**
 * A named array of 32-bit floats in row-major order, {@code values} as long as the product of {@code shape} (1 for an
 * empty shape, a scalar). The arrays are not copied: who gets a tensor does not change it.
 */
public record Tensor(String name, int[] shape, float[] values) {
    public Tensor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(values, "values");
        long elements = elements(shape);
        if (elements != values.length) {
            throw new IllegalArgumentException("expected " + elements + " values for tensor " + name + " of shape "
                    + Arrays.toString(shape) + ", found " + values.length);
        }
    }

    /** Returns how many elements a shape has; a negative dimension or a product past 2^63 is refused. */
    public static long elements(int[] shape) {
        long product = 1;
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("expected no negative dimension, found " + Arrays.toString(shape));
            }
            product = Math.multiplyExact(product, (long) dimension);
        }
        return product;
    }
}
