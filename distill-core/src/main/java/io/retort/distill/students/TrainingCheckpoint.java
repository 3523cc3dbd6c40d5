package io.retort.distill.students;

import io.retort.distill.students.TrainingException.Cause;
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
 * @param seconds spent
 * @param stepSeconds of them, in updates
 * @param restarts after losses that were no numbers
 * @param now where it is
 * @param points where it would go back to
 */
record TrainingCheckpoint(
        String identity, double seconds, double stepSeconds, int restarts, Snapshot now, RestartPoints points) {
    private static final String NOW = "now.";
    private static final String LAST = "last.";
    private static final String EARLIER = "earlier.";
    private static final String WEIGHTS = "weights.";
    private static final String OPTIMISER = "state.";

    byte[] encoded() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("identity", identity);
        metadata.put("seconds", Double.toString(seconds));
        metadata.put("step_seconds", Double.toString(stepSeconds));
        metadata.put("restarts", Integer.toString(restarts));
        put(NOW, now, tensors, metadata);
        put(LAST, points.last(), tensors, metadata);
        put(EARLIER, points.earlier(), tensors, metadata);
        return SafetensorsWriter.write(tensors.values(), StoredType.F32, metadata);
    }

    private static void put(
            String prefix, Snapshot snapshot, Map<String, Tensor> tensors, Map<String, String> metadata) {
        metadata.put(prefix + "step", Integer.toString(snapshot.step()));
        putAll(tensors, prefix + WEIGHTS, snapshot.weights());
        putAll(tensors, prefix + OPTIMISER, snapshot.optimiser());
    }

    private static void putAll(Map<String, Tensor> tensors, String prefix, Map<String, Tensor> part) {
        part.forEach((plain, tensor) -> {
            String name = prefix + plain;
            tensors.put(name, new Tensor(name, tensor.shape(), tensor.values()));
        });
    }

    /** @throws TrainingException if the bytes are no checkpoint */
    static TrainingCheckpoint decoded(byte[] encoded) {
        try {
            Map<String, String> metadata = SafetensorsReader.header(encoded).metadata();
            Map<String, Tensor> tensors = SafetensorsReader.read(encoded);
            return new TrainingCheckpoint(
                    entry(metadata, "identity"),
                    Double.parseDouble(entry(metadata, "seconds")),
                    Double.parseDouble(entry(metadata, "step_seconds")),
                    Integer.parseInt(entry(metadata, "restarts")),
                    snapshot(NOW, tensors, metadata),
                    new RestartPoints(snapshot(EARLIER, tensors, metadata), snapshot(LAST, tensors, metadata)));
        } catch (SafetensorsException | NumberFormatException e) {
            throw new TrainingException(Cause.CHECKPOINT, "expected a checkpoint of a training: " + e.getMessage(), e);
        }
    }

    private static Snapshot snapshot(String prefix, Map<String, Tensor> tensors, Map<String, String> metadata) {
        return new Snapshot(
                Integer.parseInt(entry(metadata, prefix + "step")),
                part(tensors, prefix + WEIGHTS),
                part(tensors, prefix + OPTIMISER));
    }

    /** Tensors whose name begins with a prefix, without it. */
    private static Map<String, Tensor> part(Map<String, Tensor> tensors, String prefix) {
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
            throw new TrainingException(
                    Cause.CHECKPOINT, "expected a checkpoint with " + name + ", found " + metadata.keySet());
        }
        return value;
    }
}
