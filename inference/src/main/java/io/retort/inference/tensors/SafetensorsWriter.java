package io.retort.inference.tensors;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.tensors.ScaledIntegers.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes safetensors: the same tensors and metadata give the same bytes, whatever their order. Thread-safe. */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * Returns a file with the tensors sorted by name, all stored as {@code type}; as INT8 the matrices only, each with the
     * scales of its rows or columns, and what is no matrix in 16 bits.
     *
     * @throws IllegalArgumentException for a name twice or reserved, a value that is not finite or that {@code type}
     *     cannot hold, BF16, or more than an array can hold
     */
    public static byte[] write(Collection<Tensor> tensors, StoredType type, Map<String, String> metadata) {
        if (type == StoredType.BF16) {
            throw new IllegalArgumentException("expected F32, F16 or INT8 to write, found BF16");
        }
        List<Part> sorted = new ArrayList<>();
        for (Tensor tensor : tensors) {
            sorted.addAll(type == StoredType.INT8 ? ScaledIntegers.parts(tensor) : List.of(new Part(tensor, type)));
        }
        sorted.sort(Comparator.comparing(part -> part.tensor().name()));
        byte[] header = header(sorted, metadata);
        long dataBytes = 0;
        for (Part part : sorted) {
            dataBytes += (long) part.tensor().values().length * part.type().bytes();
        }
        long total = SafetensorsHeader.LENGTH_BYTES + header.length + dataBytes;
        if (total > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("expected less than 2 GiB to write, found " + total + " bytes");
        }
        byte[] file = new byte[(int) total];
        for (int i = 0; i < SafetensorsHeader.LENGTH_BYTES; i++) {
            file[i] = (byte) ((long) header.length >>> 8 * i);
        }
        System.arraycopy(header, 0, file, SafetensorsHeader.LENGTH_BYTES, header.length);
        int at = SafetensorsHeader.LENGTH_BYTES + header.length;
        for (Part part : sorted) {
            at = encode(part.tensor(), part.type(), file, at);
        }
        return file;
    }

    private static byte[] header(List<Part> sorted, Map<String, String> metadata) {
        Map<String, JsonValue> root = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            Map<String, JsonValue> strings = new LinkedHashMap<>();
            new TreeMap<>(metadata).forEach((key, value) -> strings.put(key, new JsonString(value)));
            root.put("__metadata__", new JsonObject(strings));
        }
        long offset = 0;
        for (Part part : sorted) {
            Tensor tensor = part.tensor();
            long end = offset + (long) tensor.values().length * part.type().bytes();
            Map<String, JsonValue> entry = new LinkedHashMap<>();
            entry.put("dtype", new JsonString(part.type().dtype()));
            List<JsonValue> shape = new ArrayList<>();
            for (int dimension : tensor.shape()) {
                shape.add(JsonNumber.of((long) dimension));
            }
            entry.put("shape", new JsonArray(shape));
            entry.put("data_offsets", new JsonArray(List.of(JsonNumber.of(offset), JsonNumber.of(end))));
            boolean reserved = tensor.name().equals("__metadata__");
            if (reserved || root.put(tensor.name(), new JsonObject(entry)) != null) {
                throw new IllegalArgumentException(
                        "expected unique tensor names other than __metadata__, found \"" + tensor.name() + "\"");
            }
            offset = end;
        }
        byte[] json = JsonWriter.compact(new JsonObject(root)).getBytes(StandardCharsets.UTF_8);
        // Spaces up to a multiple of 8, so that the data can be mapped as floats.
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = Arrays.copyOf(json, padded);
        Arrays.fill(header, json.length, padded, (byte) ' ');
        return header;
    }

    private static int encode(Tensor tensor, StoredType type, byte[] file, int from) {
        int at = from;
        for (float value : tensor.values()) {
            int bits = type == StoredType.INT8 ? (int) value : Float.floatToRawIntBits(value);
            boolean finite = !Float.isNaN(value) && !Float.isInfinite(value);
            if (type == StoredType.F16) {
                bits = Float16.fromFloat(value);
                finite &= (bits & 0x7C00) != 0x7C00;
            }
            if (!finite) {
                throw new IllegalArgumentException(
                        "expected values that " + type + " can hold in tensor " + tensor.name() + ", found " + value);
            }
            for (int i = 0; i < type.bytes(); i++) {
                file[at++] = (byte) (bits >>> 8 * i);
            }
        }
        return at;
    }
}
