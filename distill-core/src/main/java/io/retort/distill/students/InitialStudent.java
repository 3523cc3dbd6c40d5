package io.retort.distill.students;

import io.retort.inference.digests.Sha256;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained student that another of the same shape begins with, in place of drawn weights.
 *
 * @param weights by name
 */
public record InitialStudent(Map<String, Tensor> weights) {
    public InitialStudent {
        weights = Map.copyOf(weights);
    }

    /**
     * Requires that a student can begin with it.
     *
     * @throws IllegalArgumentException if it has other tensors
     */
    public void requireFits(StudentShape student) {
        Map<String, int[]> shapes = student.tensorShapes();
        boolean fits = weights.keySet().equals(shapes.keySet())
                && weights.values().stream()
                        .allMatch(tensor -> Arrays.equals(tensor.shape(), shapes.get(tensor.name())));
        if (!fits) {
            throw new IllegalArgumentException("expected the weights of a student of " + student.parameterCount()
                    + " parameters and its shape to begin with, found those of another");
        }
    }

    /** Tensors of a training's own. */
    Map<String, Tensor> copies() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> copies.put(
                name, new Tensor(name, tensor.shape(), tensor.values().clone())));
        return Map.copyOf(copies);
    }

    /** Names the weights by their digest, since a training's identity is made of its plan's text. */
    @Override
    public String toString() {
        byte[] file = SafetensorsWriter.write(new TreeMap<>(weights).values(), StoredType.F32, Map.of());
        return "InitialStudent[" + Sha256.hex(file) + "]";
    }
}
