package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.distill.teachers.checkpoints.StoredTensor;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Loads a checkpoint's weights into the engine: each is decoded slice by slice into the memory that the engine computes
 * with, so that beside the weights themselves, in 32-bit floats, only one slice is held.
 */
public final class WeightLoader {
    private static final int SLICE_ELEMENTS = 1 << 18;

    private final Map<String, Shape> layout;

    private WeightLoader(Map<String, Shape> layout) {
        this.layout = layout;
    }

    /**
     * A loader of the tensors a config describes, after a check that the files have these and no others.
     *
     * @param layout names and shapes
     * @param ignored tells of names that may be there and are not loaded
     * @throws InvalidDataException by the first name that differs
     */
    public static WeightLoader of(Map<String, Shape> layout, CheckpointFiles files, Predicate<String> ignored) {
        layout.forEach((name, shape) -> {
            if (!files.has(name)) {
                throw new InvalidDataException(
                        files.where() + ": tensor " + name + ": expected shape " + shape + ", found no tensor");
            }
            Shape found = new Shape(files.tensor(name).shape());
            if (!found.equals(shape)) {
                throw new InvalidDataException(
                        files.where() + ": tensor " + name + ": expected shape " + shape + ", found " + found);
            }
        });
        for (String name : files.names()) {
            if (!layout.containsKey(name) && !ignored.test(name)) {
                throw new InvalidDataException(
                        files.where() + ": tensor " + name + ": not part of the model config.json describes");
            }
        }
        return new WeightLoader(layout);
    }

    /**
     * Loads all weights into the manager.
     *
     * @throws InvalidDataException when one is not a finite number
     */
    public Map<String, NDArray> load(CheckpointFiles files, NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        layout.forEach((name, shape) -> {
            NDArray array = manager.create(shape, DataType.FLOAT32);
            arrays.put(name, array);
            fill(array, files.tensor(name), files.where());
        });
        return arrays;
    }

    private static void fill(NDArray array, StoredTensor tensor, String where) {
        long width = tensor.rowElements();
        tensor.slices(SLICE_ELEMENTS, (from, to, values) -> {
            int count = (int) ((to - from) * width);
            requireFinite(tensor, from * width, values, count, where);
            try (NDManager scope = NDManager.newBaseManager();
                    NDArray rows = array.get(scope, new NDIndex("{}:{}", from, to))) {
                // A view's direct buffer is the engine's own memory.
                ((PtNDArray) rows)
                        .toByteBuffer(true)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer()
                        .put(values, 0, count);
            }
        });
    }

    private static void requireFinite(StoredTensor tensor, long first, float[] values, int count, String where) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new InvalidDataException(where + ": tensor " + tensor.name() + ": expected finite weights, found "
                        + values[i] + " at element " + (first + i));
            }
        }
    }
}
