package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import io.retort.inference.tensors.SafetensorsReader;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** One safetensors file with all that a run needs to go on exactly where it was: arrays in 32 bits, numbers as metadata. */
final class TrainingCheckpoint {
    private final Path file;

    TrainingCheckpoint(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    void write(TrainingState state, Map<String, NDArray> arrays) throws IOException {
        DurableFile.write(
                file, SafetensorsWriter.write(NanoCheckpoint.tensors(arrays), StoredType.F32, state.metadata()));
    }

    /** Sets the live arrays to what was written and returns the numbers. */
    TrainingState read(Map<String, NDArray> arrays, NDManager manager) throws IOException {
        Map<String, Tensor> tensors = SafetensorsReader.read(file);
        if (!tensors.keySet().equals(arrays.keySet())) {
            throw new IllegalArgumentException(
                    file + ": expected the arrays of this recipe, found those of another; delete it to start anew");
        }
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = manager.newSubManager()) {
            arrays.forEach((name, array) -> set(array, Objects.requireNonNull(tensors.get(name)), scope));
        }
        return TrainingState.of(SafetensorsReader.header(file).metadata());
    }

    private static void set(NDArray array, Tensor tensor, NDManager scope) {
        Shape shape = new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray());
        if (!array.getShape().equals(shape)) {
            throw new IllegalArgumentException(
                    "checkpoint tensor " + tensor.name() + ": expected " + array.getShape() + ", found " + shape);
        }
        // In place: the optimiser and the graph hold this array, not its values.
        array.muli(0).addi(scope.create(tensor.values(), shape));
    }
}
