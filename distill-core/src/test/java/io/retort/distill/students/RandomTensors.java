package io.retort.distill.students;

import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Weights without structure, large enough that every part of a student matters to its output. */
final class RandomTensors {

    private RandomTensors() {}

    static Map<String, Tensor> of(StudentShape student, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        student.tensorShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.elements(shape)];
            double deviation = shape.length == 2 ? 1 / Math.sqrt(shape[0]) : 1;
            double mean = name.endsWith("scale") ? 6 : name.endsWith("forget_bias") ? 2 : 0;
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (mean + deviation * random.nextGaussian());
            }
            tensors.put(name, new Tensor(name, shape, values));
        });
        return tensors;
    }
}
