package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Weight;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tensors that were checked against a student's shape: exactly its names, exactly its shapes, finite values. */
public final class StudentWeights {

    private final Map<String, Tensor> tensors;
    private final Map<String, int[]> shapes;

    /** @throws IllegalArgumentException naming the tensor that is missing, unexpected, of another shape or not finite */
    public StudentWeights(StudentShape student, Map<String, Tensor> tensors) {
        this.tensors = tensors;
        shapes = student.tensorShapes();
        for (String name : tensors.keySet()) {
            if (!shapes.containsKey(name)) {
                throw new IllegalArgumentException("unexpected tensor " + name);
            }
        }
        shapes.forEach((name, shape) -> check(name, shape, tensors.get(name)));
    }

    /**
     * A copy of a tensor's values in storage order.
     *
     * @throws IllegalArgumentException if the shape has no tensor of that name
     */
    public float[] of(String name) {
        return values(name).clone();
    }

    /** The values themselves, which a tensor that is decoded when it is asked for has in memory while they are used. */
    private float[] values(String name) {
        Tensor found = tensors.get(name);
        if (found == null || !shapes.containsKey(name)) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return found.values();
    }

    float[] of(int layer, String name) {
        return of(StudentTensors.layer(layer, name));
    }

    /** Matrices of a layer, as {@link #joined(String...)} has them. */
    Weight joined(int layer, String... names) {
        String[] whole = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            whole[i] = StudentTensors.layer(layer, names[i]);
        }
        return joined(whole);
    }

    /** Matrices with the same inputs side by side: [inputs, sum of outputs]. */
    Weight joined(String... names) {
        int total = 0;
        int inputs = 0;
        for (String name : names) {
            int[] shape = shapes.getOrDefault(name, new int[] {0, 0});
            inputs = shape[0];
            total += shape[1];
        }
        Block joined = Block.zeros(inputs, total);
        int column = 0;
        for (String name : names) {
            float[] matrix = values(name);
            int outputs = matrix.length / inputs;
            for (int i = 0; i < inputs; i++) {
                System.arraycopy(matrix, i * outputs, joined.values(), joined.row(i) + column, outputs);
            }
            column += outputs;
        }
        return new Weight(joined, inputs, total);
    }

    private static void check(String name, int[] shape, @Nullable Tensor tensor) {
        if (tensor == null) {
            throw new IllegalArgumentException("missing tensor " + name);
        }
        if (!Arrays.equals(shape, tensor.shape())) {
            throw new IllegalArgumentException("tensor " + name + ": expected shape " + Arrays.toString(shape)
                    + ", found " + Arrays.toString(tensor.shape()));
        }
        for (int i = 0; i < tensor.values().length; i++) {
            if (!Float.isFinite(tensor.values()[i])) {
                throw new IllegalArgumentException("tensor " + name + ": expected finite values, found "
                        + (double) tensor.values()[i] + " at index " + i);
            }
        }
    }
}
