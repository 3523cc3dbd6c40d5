package io.retort.distill.backpropagation;

import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named arrays of numbers, dense and row by row: a student's weights, or their gradients. Mutable. */
public final class Parameters {
    private final Map<String, int[]> shapes;
    private final Map<String, float[]> values = new LinkedHashMap<>();

    /** Zeros of these shapes, in their order. */
    public Parameters(Map<String, int[]> shapes) {
        this.shapes = new LinkedHashMap<>(shapes);
        shapes.forEach((name, shape) -> values.put(name, new float[(int) Tensor.elements(shape)]));
    }

    /** Names and shapes, in order. */
    public Map<String, int[]> shapes() {
        return new LinkedHashMap<>(shapes);
    }

    /** The array of a name, to be read and written. */
    public float[] values(String name) {
        float[] found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("expected one of " + values.keySet() + ", found " + name);
        }
        return found;
    }

    /** Sets all to zero. */
    public void clear() {
        values.values().forEach(array -> Arrays.fill(array, 0));
    }

    /** Whether every number is finite. */
    public boolean areFinite() {
        for (float[] array : values.values()) {
            float sum = 0;
            for (float value : array) {
                sum += value * 0;
            }
            if (sum != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Copies tensors of exactly these names.
     *
     * @throws IllegalArgumentException if one is missing or has another size
     */
    public void load(Map<String, Tensor> tensors) {
        values.forEach((name, array) -> {
            Tensor tensor = tensors.get(name);
            if (tensor == null || tensor.values().length != array.length) {
                throw new IllegalArgumentException("expected tensor " + name + " of " + array.length + " values, found "
                        + (tensor == null ? "none" : Integer.toString(tensor.values().length)));
            }
            System.arraycopy(tensor.values(), 0, array, 0, array.length);
        });
    }

    /** Copies of all, as tensors. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) ->
                tensors.put(name, new Tensor(name, shape, values(name).clone())));
        return tensors;
    }
}
