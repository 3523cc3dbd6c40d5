package io.retort.distill.students;

import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Weights that training begins with, for families without special ones. */
public final class FirstWeights {

    private FirstWeights() {}

    /** How widely the values of a tensor spread. */
    @FunctionalInterface
    public interface Spread {
        /** The standard deviation of the tensor called {@code name}; 0 for a tensor of zeros. */
        double of(String name, int[] extents);
    }

    /** Every tensor of a shape, drawn from normal distributions of mean 0: the same on every machine. */
    public static Map<String, Tensor> normal(StudentShape shape, long seed, Spread spread) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shape.tensorShapes().forEach((name, extents) -> {
            float[] values = new float[(int) Tensor.elements(extents)];
            double deviation = spread.of(name, extents);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
            tensors.put(name, new Tensor(name, extents, values));
        });
        return tensors;
    }
}
