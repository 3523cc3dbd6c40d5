package io.retort.distill.analysis;

import io.retort.inference.tensors.Tensor;
import java.util.Map;
import java.util.Set;

/** Tensors that are in memory. */
final class MemoryWeights implements WeightRows {
    private final Map<String, Tensor> tensors;

    /** Keeps the map's tensors, by their names. */
    MemoryWeights(Map<String, Tensor> tensors) {
        this.tensors = Map.copyOf(tensors);
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public MatrixShape shape(String name) {
        int[] shape = tensor(name).shape();
        if (shape.length < 1 || shape.length > 2) {
            throw new IllegalArgumentException(
                    "tensor " + name + ": expected one or two dimensions, found " + shape.length);
        }
        return shape.length == 1 ? new MatrixShape(1, shape[0]) : new MatrixShape(shape[0], shape[1]);
    }

    @Override
    public void read(String name, int first, int count, float[] into) {
        int columns = shape(name).columns();
        System.arraycopy(tensor(name).values(), first * columns, into, 0, count * columns);
    }

    private Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("expected a tensor " + name + ", found none");
        }
        return tensor;
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
