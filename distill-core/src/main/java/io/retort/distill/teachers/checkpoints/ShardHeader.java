package io.retort.distill.teachers.checkpoints;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a safetensors file of any size says of itself, by the rules of huggingface/safetensors: bounded before anything is
 * allocated, no hole, no overlap, no name twice. {@code io.retort.inference.tensors} reads the files of students by the
 * same rules, without a library and with sizes that an array can have.
 *
 * @param entries its tensors in the order of their data
 * @param dataOffset where the data begins, in bytes from the start of the file
 */
record ShardHeader(List<ShardEntry> entries, long dataOffset) {
    private static final int LENGTH_BYTES = 8;
    /** The format's own bound. */
    private static final int MOST_HEADER_BYTES = 100_000_000;

    private static final int MOST_DIMENSIONS = 8;
    private static final String METADATA = "__metadata__";
    private static final Set<String> KEYS = Set.of("dtype", "shape", "data_offsets");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    ShardHeader {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a header.
     *
     * @throws InvalidDataException when a rule does not hold; the message does not name the file
     */
    static ShardHeader read(ByteSource source) {
        if (source.size() < LENGTH_BYTES) {
            throw new InvalidDataException(
                    "expected a header length of 8 bytes, found a file of " + source.size() + " bytes");
        }
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        source.read(0, length);
        long bytes = length.getLong(0);
        long most = Math.min(MOST_HEADER_BYTES, source.size() - LENGTH_BYTES);
        if (bytes < 2 || bytes > most) {
            throw new InvalidDataException("expected a header length of 2 to " + most + " bytes, found "
                    + Long.toUnsignedString(bytes) + " at byte 0");
        }
        byte[] json = new byte[(int) bytes];
        source.read(LENGTH_BYTES, ByteBuffer.wrap(json));
        long dataOffset = LENGTH_BYTES + bytes;
        List<ShardEntry> entries = parse(json);
        requireContiguous(entries, source.size() - dataOffset);
        return new ShardHeader(entries, dataOffset);
    }

    private static List<ShardEntry> parse(byte[] json) {
        if (json[0] != '{') {
            throw new InvalidDataException("expected '{' at byte 8, found byte " + (json[0] & 0xFF));
        }
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException e) {
            throw new InvalidDataException("header: expected JSON, found " + JsonFiles.firstLine(e), e);
        }
        List<ShardEntry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : root.properties()) {
            if (!member.getKey().equals(METADATA)) {
                entries.add(entry(member.getKey(), member.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(ShardEntry::begin).thenComparingLong(ShardEntry::end));
        return entries;
    }

    private static ShardEntry entry(String name, JsonNode value) {
        String where = "tensor " + name + ": ";
        if (!value.isObject() || value.size() != KEYS.size() || !KEYS.stream().allMatch(value::has)) {
            throw new InvalidDataException(where + "expected exactly dtype, shape and data_offsets");
        }
        String typeName = value.get("dtype").asText();
        ElementType type = ElementType.named(typeName)
                .orElseThrow(() -> new InvalidDataException(
                        where + "expected a dtype of safetensors, found \"" + typeName + "\""));
        long[] shape = integers(where + "shape: ", value.get("shape"));
        long[] offsets = integers(where + "data_offsets: ", value.get("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new InvalidDataException(where + "data_offsets: expected [begin, end]");
        }
        long expected = bytes(where, shape, type);
        if (expected != offsets[1] - offsets[0]) {
            throw new InvalidDataException(where + "expected " + expected + " bytes for its shape, found "
                    + (offsets[1] - offsets[0]) + " between its data_offsets");
        }
        return new ShardEntry(name, type, shape, offsets[0], offsets[1]);
    }

    private static long bytes(String where, long[] shape, ElementType type) {
        long bytes = type.bytes();
        try {
            for (long dimension : shape) {
                bytes = Math.multiplyExact(bytes, dimension);
            }
        } catch (ArithmeticException e) {
            throw new InvalidDataException(where + "expected a shape of fewer than 2^63 bytes", e);
        }
        return bytes;
    }

    private static long[] integers(String where, JsonNode array) {
        if (!array.isArray() || array.size() > MOST_DIMENSIONS) {
            throw new InvalidDataException(where + "expected at most " + MOST_DIMENSIONS + " integers");
        }
        long[] integers = new long[array.size()];
        for (int i = 0; i < integers.length; i++) {
            JsonNode value = array.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                throw new InvalidDataException(where + "expected integers of at least 0, found " + value);
            }
            integers[i] = value.longValue();
        }
        return integers;
    }

    /** A byte of the data belongs to exactly one tensor. */
    private static void requireContiguous(List<ShardEntry> entries, long dataBytes) {
        long at = 0;
        for (ShardEntry entry : entries) {
            if (entry.begin() != at) {
                throw new InvalidDataException("tensor " + entry.name() + ": expected its data at offset " + at
                        + ", found " + entry.begin() + (entry.begin() < at ? " (overlap)" : " (hole)"));
            }
            at = entry.end();
        }
        if (at != dataBytes) {
            throw new InvalidDataException("expected " + at + " bytes of data, found " + dataBytes);
        }
    }
}
