package io.retort.distill.students;

import io.retort.inference.tensors.SafetensorsException;
import io.retort.inference.tensors.SafetensorsReader;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training between two updates, stored as safetensors.
 *
 * @param identity what the training is of: a checkpoint continues no other
 * @param step updates done
 * @param seconds spent
 * @param bestLoss lowest validation loss so far, infinite before the first
 * @param tensors weights ("weights."), optimiser state ("state.") and, if kept, the best weights so far ("best.")
 */
record TrainingCheckpoint(String identity, int step, double seconds, double bestLoss, Map<String, Tensor> tensors) {

    static final String WEIGHTS = "weights.";
    static final String STATE = "state.";
    static final String BEST = "best.";

    byte[] encoded() {
        return SafetensorsWriter.write(
                tensors.values(),
                StoredType.F32,
                Map.of(
                        "identity",
                        identity,
                        "step",
                        Integer.toString(step),
                        "seconds",
                        Double.toString(seconds),
                        "best_loss",
                        Double.toString(bestLoss)));
    }

    /** @throws TrainingException if the bytes are no checkpoint */
    static TrainingCheckpoint decoded(byte[] encoded) {
        try {
            Map<String, String> metadata = SafetensorsReader.header(encoded).metadata();
            return new TrainingCheckpoint(
                    entry(metadata, "identity"),
                    Integer.parseInt(entry(metadata, "step")),
                    Double.parseDouble(entry(metadata, "seconds")),
                    Double.parseDouble(entry(metadata, "best_loss")),
                    SafetensorsReader.read(encoded));
        } catch (SafetensorsException | NumberFormatException e) {
            throw new TrainingException("expected a checkpoint of a training: " + e.getMessage(), e);
        }
    }

    /** Tensors whose name begins with a prefix, without it. */
    Map<String, Tensor> part(String prefix) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                String plain = name.substring(prefix.length());
                part.put(plain, new Tensor(plain, tensor.shape(), tensor.values()));
            }
        });
        return part;
    }

    private static String entry(Map<String, String> metadata, String name) {
        String value = metadata.get(name);
        if (value == null) {
            throw new TrainingException("expected a checkpoint with " + name + ", found " + metadata.keySet());
        }
        return value;
    }
}
