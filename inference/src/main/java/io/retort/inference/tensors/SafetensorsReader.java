package io.retort.inference.tensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads safetensors files (format of huggingface/safetensors 0.4 and later) by that project's rules: sizes are checked
 * against the file's before anything is allocated, holes, overlaps, duplicate names and unknown keys are refused.
 *
 * <p>Every method returns tensors by name in the order of their data, decoded to 32-bit floats, {@link ScaledIntegers
 * integers} times their scales, or throws {@link SafetensorsException}. Stateless, thread-safe.
 */
public final class SafetensorsReader {
    private static final int DECODE_BYTES = 1 << 16;

    private SafetensorsReader() {}

    /**
     * Reads a whole file from memory, whose header may have {@value SafetensorsHeader#MAX_HEADER_BYTES_IN_MEMORY} bytes;
     * NaN and infinities are refused.
     */
    public static Map<String, Tensor> read(byte[] file) {
        return read(file, NonFinite.REFUSE);
    }

    /** Reads a whole file from memory. */
    public static Map<String, Tensor> read(byte[] file, NonFinite nonFinite) {
        SafetensorsHeader header = header(file);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            Tensor tensor = decoded(file, header, entry);
            tensors.put(entry.name(), nonFinite == NonFinite.REFUSE ? finite(tensor) : tensor);
        }
        return ScaledIntegers.joined(tensors, header.entries());
    }

    /**
     * Returns the tensors of a whole file in memory as {@link #read(byte[])} does, but each is decoded when it is asked for, and anew
     * each time: so that one of them at a time need be in memory beside the file, which must not change. What is wrong with values
     * is found when they are asked for, all else here.
     */
    public static Map<String, Tensor> lazily(byte[] file) {
        return new StoredTensors(file, header(file));
    }

    /** Reads only what a file in memory says about itself. */
    public static SafetensorsHeader header(byte[] file) {
        int length = SafetensorsHeader.headerLength(file, file.length, SafetensorsHeader.MAX_HEADER_BYTES_IN_MEMORY);
        byte[] json = Arrays.copyOfRange(file, SafetensorsHeader.LENGTH_BYTES, SafetensorsHeader.LENGTH_BYTES + length);
        return SafetensorsHeader.parse(json, file.length);
    }

    /** Reads the file at {@code path}; NaN and infinities are refused. */
    public static Map<String, Tensor> read(Path path) throws IOException {
        return read(path, NonFinite.REFUSE);
    }

    /** Reads the file at {@code path}, which may be larger than an array can be; an error names the path. */
    public static Map<String, Tensor> read(Path path, NonFinite nonFinite) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            SafetensorsHeader header = header(channel);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (SafetensorsHeader.Entry entry : header.entries()) {
                float[] values = values(channel, header.dataOffset() + entry.begin(), entry);
                Tensor tensor = new Tensor(entry.name(), entry.shape(), values);
                tensors.put(entry.name(), nonFinite == NonFinite.REFUSE ? finite(tensor) : tensor);
            }
            return ScaledIntegers.joined(tensors, header.entries());
        } catch (SafetensorsException e) {
            throw new SafetensorsException(path + ": " + e.getMessage(), e);
        }
    }

    /** Reads only what the file at {@code path} says about itself. */
    public static SafetensorsHeader header(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return header(channel);
        } catch (SafetensorsException e) {
            throw new SafetensorsException(path + ": " + e.getMessage(), e);
        }
    }

    private static SafetensorsHeader header(FileChannel channel) throws IOException {
        long fileBytes = channel.size();
        byte[] lengthField = new byte[(int) Math.min(SafetensorsHeader.LENGTH_BYTES, fileBytes)];
        fill(channel, 0, ByteBuffer.wrap(lengthField));
        byte[] json =
                new byte[SafetensorsHeader.headerLength(lengthField, fileBytes, SafetensorsHeader.MAX_HEADER_BYTES)];
        fill(channel, SafetensorsHeader.LENGTH_BYTES, ByteBuffer.wrap(json));
        return SafetensorsHeader.parse(json, fileBytes);
    }

    private static float[] values(FileChannel channel, long offset, SafetensorsHeader.Entry entry) throws IOException {
        float[] values = new float[entry.elements()];
        int elementBytes = entry.type().bytes();
        byte[] block = new byte[DECODE_BYTES];
        int blockElements = DECODE_BYTES / elementBytes;
        for (int from = 0; from < values.length; from += blockElements) {
            int to = Math.min(values.length, from + blockElements);
            fill(channel, offset + (long) from * elementBytes, ByteBuffer.wrap(block, 0, (to - from) * elementBytes));
            decode(entry, block, 0, values, from, to);
        }
        return values;
    }

    private static void fill(FileChannel channel, long position, ByteBuffer into) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int n = channel.read(into, at);
            if (n < 0) {
                throw new EOFException(
                        "expected " + into.remaining() + " more bytes at byte " + at + ", found the end of the file");
            }
            at += n;
        }
    }

    static Tensor decoded(byte[] file, SafetensorsHeader header, SafetensorsHeader.Entry entry) {
        float[] values = new float[entry.elements()];
        int offset = Math.toIntExact(header.dataOffset() + entry.begin());
        decode(entry, file, offset, values, 0, values.length);
        return new Tensor(entry.name(), entry.shape(), values);
    }

    private static void decode(
            SafetensorsHeader.Entry entry, byte[] data, int offset, float[] values, int from, int to) {
        StoredType type = entry.type();
        for (int i = from; i < to; i++) {
            values[i] = type.decode(data, offset + (i - from) * type.bytes());
        }
    }

    /** Returns the tensor, or throws where one of its values is not finite. */
    static Tensor finite(Tensor tensor) {
        float[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i]) || Float.isInfinite(values[i])) {
                throw new SafetensorsException("tensor \"" + tensor.name() + "\": expected finite values, found "
                        + (double) values[i] + " at element " + i);
            }
        }
        return tensor;
    }
}
