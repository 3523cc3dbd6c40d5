package io.retort.distill.students;

import io.retort.inference.json.JsonWriter;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a training gave.
 *
 * @param config the student's shape
 * @param weights the tensors of the config
 * @param steps updates done in all
 * @param seconds spent in all, resumed parts included
 * @param stepSeconds of them spent in updates, without batches, validation and checkpoints
 * @param trainingLoss mean weighted loss since the last report, nats a position
 * @param validationLoss of these weights, nats a position, where there were validation documents
 */
public record TrainedStudent(
        StudentShape config,
        Map<String, Tensor> weights,
        int steps,
        double seconds,
        double stepSeconds,
        double trainingLoss,
        OptionalDouble validationLoss) {

    /** The student in its running form. */
    public Student student() {
        return config.open(weights);
    }

    /** The weights as a safetensors file. */
    public byte[] safetensors(StoredType type) {
        return SafetensorsWriter.write(weights.values(), type, Map.of("format", config.family()));
    }

    /** The config as a JSON file. */
    public byte[] configJson() {
        return JsonWriter.indented(config.toJson());
    }
}
