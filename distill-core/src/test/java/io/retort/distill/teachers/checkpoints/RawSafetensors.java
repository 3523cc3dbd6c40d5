package io.retort.distill.teachers.checkpoints;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes safetensors files of any element type, byte for byte what a test says, right or wrong. */
public final class RawSafetensors {
    private final List<String> members = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** Adds a tensor behind the others. */
    public RawSafetensors add(String name, String type, long[] shape, byte[] bytes) {
        member(name, type, shape, data.size(), data.size() + bytes.length);
        data.writeBytes(bytes);
        return this;
    }

    /** Adds a header entry alone. */
    RawSafetensors member(String name, String type, long[] shape, long begin, long end) {
        members.add("\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + Arrays.toString(shape)
                + ",\"data_offsets\":[" + begin + "," + end + "]}");
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        return file("{" + String.join(",", members) + "}", data.toByteArray());
    }

    /** A file of a header's text and data. */
    static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }

    /** Little-endian bytes of floats. */
    public static byte[] f32(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    /** Floats cut to their upper halves. */
    public static byte[] bf16(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
        }
        return bytes.array();
    }

    /** Little-endian bytes of 32-bit integers. */
    public static byte[] i32(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }
}
