package io.retort.inference.tensors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Matrices as integers of 8 bits with scales, symmetric about 0: element [r, c] of a matrix {@code name} is its integer, −127
 * to 127, times the scale of its row, in {@code name.row_scale} [rows], or of its column, in {@code name.column_scale}
 * [columns], never both. A scale is at least 0 and finite. Everything else in such a file is as it would be without.
 * Stateless, thread-safe.
 */
final class ScaledIntegers {
    /** Behind a matrix' name, its scales where each is of a row. */
    static final String ROW_SCALE = ".row_scale";
    /** Behind a matrix' name, its scales where each is of a column. */
    static final String COLUMN_SCALE = ".column_scale";

    static final int LARGEST = 127;

    /** A matrix with fewer elements saves nothing. */
    private static final int SMALLEST_MATRIX = 64;
    /** The least number that 16 bits hold with all their digits. */
    private static final float LEAST_NORMAL_F16 = 0x1p-14f;

    private ScaledIntegers() {}

    /** A tensor and how to store it. */
    record Part(Tensor tensor, StoredType type) {}

    /**
     * Returns a tensor's parts: of a matrix its integers and its scales, of rows or of columns, whichever loses less; any
     * other tensor in 16 bits.
     *
     * @throws IllegalArgumentException for a value that is not finite
     */
    static List<Part> parts(Tensor tensor) {
        boolean matrix = tensor.shape().length == 2 && tensor.values().length >= SMALLEST_MATRIX;
        if (!matrix) {
            return List.of(new Part(tensor, StoredType.F16));
        }
        for (float value : tensor.values()) {
            if (Float.isNaN(value) || Float.isInfinite(value)) {
                throw new IllegalArgumentException("expected values that " + StoredType.INT8 + " can hold in tensor "
                        + tensor.name() + ", found " + value);
            }
        }
        List<Part> byRow = parts(tensor, 0);
        List<Part> byColumn = parts(tensor, 1);
        return loss(tensor, byRow, 0) <= loss(tensor, byColumn, 1) ? byRow : byColumn;
    }

    /** The parts with a scale for each index of dimension {@code axis}. */
    private static List<Part> parts(Tensor tensor, int axis) {
        int columns = tensor.shape()[1];
        float[] values = tensor.values();
        float[] scales = new float[tensor.shape()[axis]];
        for (int i = 0; i < values.length; i++) {
            int k = axis == 0 ? i / columns : i % columns;
            scales[k] = Math.max(scales[k], Math.abs(values[i]) / LARGEST);
        }
        StoredType type = fitting(scales);
        for (int k = 0; type == StoredType.F16 && k < scales.length; k++) {
            scales[k] = Float16.toFloat(Float16.fromFloat(scales[k]));
        }
        float[] integers = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            float scale = scales[axis == 0 ? i / columns : i % columns];
            integers[i] = scale == 0 ? 0 : Math.max(-LARGEST, Math.min(LARGEST, Math.round(values[i] / scale)));
        }
        String name = tensor.name() + (axis == 0 ? ROW_SCALE : COLUMN_SCALE);
        return List.of(
                new Part(new Tensor(tensor.name(), tensor.shape(), integers), StoredType.INT8),
                new Part(new Tensor(name, new int[] {scales.length}, scales), type));
    }

    /** 16 bits where every scale keeps its digits there, else 32. */
    private static StoredType fitting(float[] scales) {
        for (float scale : scales) {
            if (scale != 0 && (scale < LEAST_NORMAL_F16 || scale > 65_000)) {
                return StoredType.F32;
            }
        }
        return StoredType.F16;
    }

    private static double loss(Tensor tensor, List<Part> parts, int axis) {
        float[] read = parts.get(0).tensor().values().clone();
        multiply(read, tensor.shape()[1], parts.get(1).tensor().values(), axis);
        double loss = 0;
        for (int i = 0; i < read.length; i++) {
            double difference = (double) read[i] - tensor.values()[i];
            loss += difference * difference;
        }
        return loss;
    }

    /**
     * Returns the tensors that the parts of a file are, in the order of their data.
     *
     * @param parts the tensors of the file by name, integers as they are stored
     * @param entries of the file's header
     * @throws SafetensorsException for integers without scales or with both, scales of another shape, negative or not finite,
     *     and an integer of −128
     */
    static Map<String, Tensor> joined(Map<String, Tensor> parts, Collection<SafetensorsHeader.Entry> entries) {
        Map<String, Tensor> joined = new LinkedHashMap<>(parts);
        Map<String, Tensor> matrices = new HashMap<>();
        List<String> scales = new ArrayList<>();
        for (SafetensorsHeader.Entry entry : entries) {
            if (entry.type() == StoredType.INT8) {
                String scale = scale(entry, parts.keySet());
                matrices.put(entry.name(), matrix(part(parts, entry.name()), part(parts, scale)));
                scales.add(scale);
            }
        }
        joined.replaceAll((name, tensor) -> matrices.getOrDefault(name, tensor));
        scales.forEach(joined::remove);
        return Collections.unmodifiableMap(joined);
    }

    /**
     * Returns the name of the scales of integers.
     *
     * @param names of all tensors of the file
     * @throws SafetensorsException for integers without scales or with both
     */
    static String scale(SafetensorsHeader.Entry integers, Set<String> names) {
        String row = integers.name() + ROW_SCALE;
        String column = integers.name() + COLUMN_SCALE;
        boolean byRow = names.contains(row);
        if (integers.shape().length != 2 || byRow == names.contains(column)) {
            throw new SafetensorsException(
                    "tensor \"" + integers.name() + "\": expected a matrix of dtype I8 with " + row
                            + " or " + column + ", found " + integers.shape().length + " dimensions and "
                            + (byRow ? "both" : "neither"));
        }
        return byRow ? row : column;
    }

    /**
     * Multiplies integers by their scales, in place.
     *
     * @throws SafetensorsException for scales of another shape, negative or not finite, and an integer of −128
     */
    static Tensor matrix(Tensor integers, Tensor scales) {
        String scale = scales.name();
        int axis = scale.endsWith(ROW_SCALE) ? 0 : 1;
        if (scales.shape().length != 1 || scales.shape()[0] != integers.shape()[axis]) {
            throw new SafetensorsException("tensor \"" + scale + "\": expected the shape [" + integers.shape()[axis]
                    + "] of a scale for each " + (axis == 0 ? "row" : "column") + ", found "
                    + Arrays.toString(scales.shape()));
        }
        for (int k = 0; k < scales.values().length; k++) {
            if (!(scales.values()[k] >= 0 && scales.values()[k] <= Float.MAX_VALUE / LARGEST)) {
                throw new SafetensorsException(
                        "tensor \"" + scale + "\": expected scales of at least 0 and finite, found "
                                + scales.values()[k] + " at element " + k);
            }
        }
        for (int i = 0; i < integers.values().length; i++) {
            if (integers.values()[i] < -LARGEST) {
                throw new SafetensorsException(
                        "tensor \"" + integers.name() + "\": expected integers of −127 to 127, found "
                                + (int) integers.values()[i] + " at element " + i);
            }
        }
        multiply(integers.values(), integers.shape()[1], scales.values(), axis);
        return integers;
    }

    private static Tensor part(Map<String, Tensor> parts, String name) {
        Tensor part = parts.get(name);
        if (part == null) {
            throw new SafetensorsException("expected a tensor \"" + name + "\", found " + parts.keySet());
        }
        return part;
    }

    private static void multiply(float[] values, int columns, float[] scales, int axis) {
        int i = 0;
        for (int row = 0; i < values.length; row++) {
            for (int column = 0; column < columns; column++) {
                values[i++] *= scales[axis == 0 ? row : column];
            }
        }
    }
}
