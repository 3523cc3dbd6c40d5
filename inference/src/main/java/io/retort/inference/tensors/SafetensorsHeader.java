package io.retort.inference.tensors;

import io.retort.inference.json.JsonBounds;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a safetensors file says about itself: its metadata and, in the order of their data, its tensors. Constructed only
 * when every rule of the format holds: the tensors lie one behind the other and fill the data exactly.
 *
 * @param dataOffset where the data begins, in bytes from the start of the file
 */
public record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries, long dataOffset) {
    /** The format allows a header of 100 MB, and the files of large models that are read from disk may use it. */
    public static final int MAX_HEADER_BYTES = 100_000_000;
    /**
     * A file in memory is one of a bundle, of which a hundredth of this describes every model: parsed JSON takes some
     * twenty times its bytes, and a hostile file must not take all memory.
     */
    public static final int MAX_HEADER_BYTES_IN_MEMORY = 1 << 20;

    static final int LENGTH_BYTES = 8;
    private static final String METADATA = "__metadata__";
    private static final int MAX_DIMENSIONS = 8;
    private static final Set<String> ENTRY_KEYS = Set.of("dtype", "shape", "data_offsets");

    /** One tensor: its bytes lie at {@code begin} to {@code end} of the data. */
    public record Entry(String name, StoredType type, int[] shape, long begin, long end) {
        /** Returns how many elements the tensor has. */
        public int elements() {
            return Math.toIntExact((end - begin) / type.bytes());
        }
    }

    public SafetensorsHeader {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        entries = List.copyOf(entries);
    }

    /**
     * Returns the length in bytes of the JSON header.
     *
     * @param lengthField the first 8 bytes of the file, fewer where the file is shorter
     * @param most the longest header that is read
     */
    static int headerLength(byte[] lengthField, long fileBytes, int most) {
        if (fileBytes < LENGTH_BYTES) {
            throw new SafetensorsException(
                    "expected a header length of " + LENGTH_BYTES + " bytes, found a file of " + fileBytes + " bytes");
        }
        long length = 0;
        for (int i = LENGTH_BYTES - 1; i >= 0; i--) {
            length = length << 8 | lengthField[i] & 0xFF;
        }
        if (length < 2 || length > most || length > fileBytes - LENGTH_BYTES) {
            throw new SafetensorsException("expected a header length of 2 to "
                    + Math.min(most, fileBytes - LENGTH_BYTES) + " bytes, found "
                    + Long.toUnsignedString(length) + " at byte 0");
        }
        return (int) length;
    }

    static SafetensorsHeader parse(byte[] json, long fileBytes) {
        if (json[0] != '{') {
            throw new SafetensorsException("expected '{' at byte " + LENGTH_BYTES + ", found byte " + (json[0] & 0xFF));
        }
        JsonObject root;
        try {
            root = (JsonObject) JsonParser.parse(json, new JsonBounds(MAX_HEADER_BYTES, 4));
        } catch (JsonException e) {
            throw new SafetensorsException("header, counted from byte " + LENGTH_BYTES + ": " + e.getMessage(), e);
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : root.members().entrySet()) {
            if (member.getKey().equals(METADATA)) {
                readMetadata(member.getValue(), metadata);
            } else {
                entries.add(entry(member.getKey(), member.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long dataOffset = (long) LENGTH_BYTES + json.length;
        requireContiguous(entries, fileBytes - dataOffset);
        return new SafetensorsHeader(metadata, entries, dataOffset);
    }

    private static void readMetadata(JsonValue value, Map<String, String> into) {
        if (!(value instanceof JsonObject object)) {
            throw new SafetensorsException("expected an object as " + METADATA);
        }
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (!(member.getValue() instanceof JsonString string)) {
                throw new SafetensorsException("expected a string as " + METADATA + " \"" + member.getKey() + "\"");
            }
            into.put(member.getKey(), string.value());
        }
    }

    private static Entry entry(String name, JsonValue value) {
        if (!(value instanceof JsonObject object) || !object.members().keySet().equals(ENTRY_KEYS)) {
            throw new SafetensorsException("tensor \"" + name + "\": expected exactly dtype, shape and data_offsets");
        }
        StoredType type = type(name, object.member("dtype"));
        long[] dimensions = integers(name, "shape", object.member("shape"), MAX_DIMENSIONS);
        long[] offsets = integers(name, "data_offsets", object.member("data_offsets"), 2);
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new SafetensorsException("tensor \"" + name + "\": expected data_offsets [begin, end]");
        }
        int[] shape = new int[dimensions.length];
        long elements = 1;
        for (int i = 0; i < dimensions.length; i++) {
            if (dimensions[i] > Integer.MAX_VALUE) {
                throw new SafetensorsException(
                        "tensor \"" + name + "\": expected dimensions below 2^31, found " + dimensions[i]);
            }
            shape[i] = (int) dimensions[i];
            elements *= dimensions[i];
            if (elements > Integer.MAX_VALUE) {
                throw new SafetensorsException("tensor \"" + name + "\": expected fewer than 2^31 elements");
            }
        }
        long bytes = elements * type.bytes();
        if (bytes != offsets[1] - offsets[0]) {
            throw new SafetensorsException("tensor \"" + name + "\": expected " + bytes + " bytes for its shape, found "
                    + (offsets[1] - offsets[0]) + " between its data_offsets");
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private static StoredType type(String name, JsonValue value) {
        String found = value instanceof JsonString string ? string.value() : "no string";
        return switch (found) {
            case "F32" -> StoredType.F32;
            case "F16" -> StoredType.F16;
            case "BF16" -> StoredType.BF16;
            case "I8" -> StoredType.INT8;
            default ->
                throw new SafetensorsException(
                        "tensor \"" + name + "\": expected dtype F32, F16, BF16 or I8, found " + found);
        };
    }

    private static long[] integers(String name, String key, JsonValue value, int most) {
        if (!(value instanceof JsonArray array) || array.elements().size() > most) {
            throw new SafetensorsException("tensor \"" + name + "\": expected at most " + most + " integers as " + key);
        }
        long[] integers = new long[array.elements().size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = array.elements().get(i) instanceof JsonNumber number ? integer(number.text()) : -1;
            if (integers[i] < 0) {
                throw new SafetensorsException("tensor \"" + name + "\": expected integers of at least 0 as " + key);
            }
        }
        return integers;
    }

    /** Returns a plain non-negative integer below 10^18, or -1. */
    private static long integer(String text) {
        if (text.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Neither hole nor overlap: a byte of the data belongs to exactly one tensor. */
    private static void requireContiguous(List<Entry> entries, long dataBytes) {
        long at = 0;
        for (Entry entry : entries) {
            if (entry.begin() != at) {
                throw new SafetensorsException("tensor \"" + entry.name() + "\": expected its data at offset " + at
                        + ", found " + entry.begin() + (entry.begin() < at ? " (overlap)" : " (hole)"));
            }
            at = entry.end();
        }
        if (at != dataBytes) {
            throw new SafetensorsException("expected " + at + " bytes of data, found " + dataBytes);
        }
    }
}
