package io.retort.distill.teachers.checkpoints;

import io.retort.datasets.InvalidDataException;
import io.retort.inference.tensors.Float16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * A tensor's elements where they lie, each decoded by itself.
 *
 * @param file where it lies
 * @param entry what the file says of it
 */
record RawTensor(ShardFile file, ShardEntry entry) {
    /** Bytes read at once: enough for a disk, little beside any tensor. */
    private static final int CHUNK_BYTES = 1 << 18;

    private static final float[] F8_E4M3 = e4m3();

    String name() {
        return entry.name();
    }

    /** Requires a type that {@link #decode} knows. */
    void requireDecodable() {
        switch (entry.type()) {
            case F32, F16, BF16, F8_E4M3 -> {}
            default ->
                throw new InvalidDataException(file.name() + ": tensor " + name()
                        + ": expected elements of F32, F16, BF16 or F8_E4M3, found " + entry.type());
        }
    }

    /** Decodes elements {@code from} to {@code from + count} into the array from {@code at} on, a chunk at a time. */
    void decode(long from, int count, float[] into, int at) {
        requireDecodable();
        int elementBytes = entry.type().bytes();
        ByteBuffer chunk = buffer((long) count * elementBytes);
        int most = chunk.capacity() / elementBytes;
        for (int done = 0; done < count; done += most) {
            int some = Math.min(most, count - done);
            chunk.clear().limit(some * elementBytes);
            file.read(entry, from + done, chunk);
            decode(chunk.flip(), into, at + done, some);
        }
    }

    /** A buffer for up to so many bytes, or a chunk of them. */
    static ByteBuffer buffer(long bytes) {
        return ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void decode(ByteBuffer chunk, float[] into, int at, int count) {
        switch (entry.type()) {
            case F32 -> chunk.asFloatBuffer().get(into, at, count);
            case BF16 -> {
                ShortBuffer upperHalves = chunk.asShortBuffer();
                for (int i = 0; i < count; i++) {
                    into[at + i] = Float.intBitsToFloat(upperHalves.get(i) << 16);
                }
            }
            case F16 -> {
                ShortBuffer halves = chunk.asShortBuffer();
                for (int i = 0; i < count; i++) {
                    into[at + i] = Float16.toFloat(halves.get(i));
                }
            }
            case F8_E4M3 -> {
                for (int i = 0; i < count; i++) {
                    into[at + i] = F8_E4M3[chunk.get(i) & 0xFF];
                }
            }
            default -> throw new IllegalStateException("no decoder for " + entry.type());
        }
    }

    /**
     * The values of all 256 bytes of E4M3 as "FP8 Formats for Deep Learning" (arXiv 2209.05433, table 1) has it: bias 7, no
     * infinities, NaN where all other bits are set.
     */
    private static float[] e4m3() {
        float[] values = new float[256];
        for (int bits = 0; bits < 128; bits++) {
            int exponent = bits >> 3;
            int fraction = bits & 7;
            float magnitude =
                    exponent == 0 ? Math.scalb((float) fraction, -9) : Math.scalb(1 + fraction / 8f, exponent - 7);
            values[bits] = bits == 127 ? Float.NaN : magnitude;
            values[bits + 128] = -values[bits];
        }
        return values;
    }
}
