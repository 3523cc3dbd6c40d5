package io.retort.inference.students;

import io.retort.inference.kernels.Weight;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tensors that were checked against a student's shape: exactly its names, exactly its shapes, finite values. */
public final class StudentWeights {

    private final Map<String, float[]> values = new LinkedHashMap<>();
    private final Map<String, int[]> shapes;

    /** @throws IllegalArgumentException naming the tensor that is missing, unexpected, of another shape or not finite */
    public StudentWeights(StudentShape student, Map<String, Tensor> tensors) {
        shapes = student.tensorShapes();
        for (String name : tensors.keySet()) {
            if (!shapes.containsKey(name)) {
                throw new IllegalArgumentException("unexpected tensor " + name);
            }
        }
        shapes.forEach((name, shape) -> values.put(name, checked(name, shape, tensors.get(name))));
    }

    /**
     * A copy of a tensor's values in storage order.
     *
     * @throws IllegalArgumentException if the shape has no tensor of that name
     */
    public float[] of(String name) {
        float[] found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return found.clone();
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
        float[] joined = new float[inputs * total];
        int column = 0;
        for (String name : names) {
            float[] matrix = of(name);
            int outputs = matrix.length / inputs;
            for (int i = 0; i < inputs; i++) {
                System.arraycopy(matrix, i * outputs, joined, i * total + column, outputs);
            }
            column += outputs;
        }
        return Weight.of(joined, inputs, total);
    }

    private static float[] checked(String name, int[] shape, @Nullable Tensor tensor) {
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
        return tensor.values();
    }
}
