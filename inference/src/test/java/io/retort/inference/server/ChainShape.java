package io.retort.inference.server;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.Tensor;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** The shape of a {@link ChainStudent}, which needs no tensors. */
record ChainShape(Semaphore steps) implements StudentShape {
    @Override
    public String family() {
        return "chain";
    }

    @Override
    public int alphabetSize() {
        return Alphabet.SIZE;
    }

    @Override
    public Map<String, int[]> tensorShapes() {
        return Map.of();
    }

    @Override
    public JsonObject toJson() {
        return new JsonObject(Map.of());
    }

    @Override
    public Student open(Map<String, Tensor> tensors) {
        return new ChainStudent(steps);
    }
}
