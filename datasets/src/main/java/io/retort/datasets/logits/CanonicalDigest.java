package io.retort.datasets.logits;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over a sequence of values, unambiguous because everything of varying length is preceded by its length.
 * Numbers are little endian; floats count by their bits. Not thread-safe.
 */
final class CanonicalDigest {
    /** The JDK's, which uses the processor's instructions: a shard's rows are digested while the teacher waits. */
    private final MessageDigest digest = sha256();

    private ByteBuffer scratch = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

    CanonicalDigest add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    CanonicalDigest add(int value) {
        return flush(room(Integer.BYTES).putInt(value));
    }

    CanonicalDigest add(long value) {
        return flush(room(Long.BYTES).putLong(value));
    }

    CanonicalDigest add(byte[] values) {
        add(values.length);
        digest.update(values);
        return this;
    }

    CanonicalDigest add(int[] values) {
        add(values.length);
        ByteBuffer buffer = room(values.length * Integer.BYTES);
        for (int value : values) {
            buffer.putInt(value);
        }
        return flush(buffer);
    }

    CanonicalDigest add(float[] values) {
        add(values.length);
        ByteBuffer buffer = room(values.length * Float.BYTES);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return flush(buffer);
    }

    /** The digest so far, 64 lower-case hex digits; what is added later starts anew. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256, which every Java platform has", e);
        }
    }

    private CanonicalDigest flush(ByteBuffer filled) {
        digest.update(filled.array(), 0, filled.position());
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (scratch.capacity() < bytes) {
            scratch =
                    ByteBuffer.allocate(Math.max(bytes, 2 * scratch.capacity())).order(ByteOrder.LITTLE_ENDIAN);
        }
        return scratch.clear();
    }
}
