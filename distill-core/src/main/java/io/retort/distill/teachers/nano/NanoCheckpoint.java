package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Config and tensors of a model on their way to a checkpoint directory.
 *
 * @param config for config.json
 * @param tensors for model.safetensors, by name
 */
public record NanoCheckpoint(NanoConfig config, Map<String, Tensor> tensors) {
    /** Name of the config's file in a checkpoint directory. */
    public static final String CONFIG_FILE = "config.json";

    /** Name of the weights' file in a checkpoint directory. */
    public static final String WEIGHTS_FILE = CheckpointFiles.WEIGHTS_FILE;

    /** Keeps a copy of the map, not of the tensors. */
    public NanoCheckpoint {
        tensors = Map.copyOf(tensors);
    }

    private static Shape shape(Tensor tensor) {
        long[] dimensions = new long[tensor.shape().length];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = tensor.shape()[i];
        }
        return new Shape(dimensions);
    }

    /** Builds the model, its weights in the given manager. */
    public NanoModel model(NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            // A copy in the engine's own memory: aligned alike in every process, so that sums round alike.
            try (NDArray values = manager.create(tensor.values(), shape(tensor))) {
                arrays.put(name, values.duplicate());
            }
        });
        return new NanoModel(config, arrays);
    }

    /** The tensors of arrays, copied off the engine. */
    public static List<Tensor> tensors(Map<String, NDArray> arrays) {
        List<Tensor> tensors = new ArrayList<>();
        arrays.forEach((name, array) -> {
            long[] dimensions = array.getShape().getShape();
            int[] shape = new int[dimensions.length];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = Math.toIntExact(dimensions[i]);
            }
            tensors.add(new Tensor(name, shape, array.toFloatArray()));
        });
        return tensors;
    }

    /** The bytes of model.safetensors, weights rounded to 16 bits. */
    public byte[] weightsFile() {
        return SafetensorsWriter.write(tensors.values(), StoredType.F16, Map.of("format", "pt"));
    }

    /** The bytes of config.json. */
    public byte[] configFile() {
        return NanoConfigJson.write(config).getBytes(StandardCharsets.UTF_8);
    }
}
