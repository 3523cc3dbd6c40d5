package io.retort.inference.students;

import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.tensors.Tensor;
import java.util.Map;

/**
 * The shape of a student: what a bundle's config says of an expert. It determines the names and shapes of the tensors and
 * hence the exact number of parameters. Immutable, thread-safe; two shapes of one family are equal, and print the same,
 * exactly if their configs are, which a record gives.
 */
public interface StudentShape {

    /** The name of the {@link StudentFamily} that reads what {@link #toJson} writes. */
    String family();

    /** Symbols read and predicted. */
    int alphabetSize();

    /** Every tensor's shape by its name, of one or two dimensions, in an order that is always the same. */
    Map<String, int[]> tensorShapes();

    /** The config; its member {@code family} is {@link #family}, or an older name that still reads it. */
    JsonObject toJson();

    /**
     * The student in its running form.
     *
     * @param tensors exactly those of {@link #tensorShapes}; copied ({@link StudentWeights} checks and copies)
     * @throws IllegalArgumentException naming the tensor that is missing, unexpected, of another shape or not finite
     */
    Student open(Map<String, Tensor> tensors);

    /** Every trained number, exactly: the sum of the sizes of {@link #tensorShapes}. */
    default long parameterCount() {
        long count = 0;
        for (int[] shape : tensorShapes().values()) {
            count += Tensor.elements(shape);
        }
        return count;
    }

    /** Weights that a symbol meets on its way through the student, what it meets twice counted twice: its time goes by them. */
    default long weightsPerSymbol() {
        return parameterCount();
    }

    /**
     * Bytes of the heap that a state of its student takes at most, with what reading many symbols at once adds. A family that
     * does not say so has its states left out of a runtime's bound of memory.
     *
     * @param maxSymbols that the state may read
     */
    default long stateBytes(int maxSymbols) {
        return 0;
    }

    /** As {@link #stateBytes(int)}, of a state of {@link Student#newState(int, MemoryFormat)}. */
    default long stateBytes(int maxSymbols, MemoryFormat format) {
        return stateBytes(maxSymbols);
    }
}
