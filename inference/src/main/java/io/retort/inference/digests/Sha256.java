package io.retort.inference.digests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits; an instance digests one stream and is not thread-safe.
 *
 * <p>Written out here instead of taken from java.security, so that the runtime that is compiled for browsers checks
 * digests with the same code.
 */
public final class Sha256 {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BLOCK_BYTES = 64;
    private static final int LENGTH_AT = 56;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    /** Section 4.2.2: of the cube roots of the first 64 primes the first 32 bits behind the point. */
    private static final int[] K = roots(64, 1.0 / 3);

    /** Section 5.3.3: the same of the square roots of the first 8 primes. */
    private static final int[] INITIAL = roots(8, 1.0 / 2);

    private final int[] state = INITIAL.clone();
    private final int[] schedule = new int[64];
    private final byte[] block = new byte[BLOCK_BYTES];
    private int filled;
    private long bytes;

    /** A digest of nothing yet. */
    public Sha256() {}

    /** Returns the digest of {@code bytes}. */
    public static String hex(byte[] bytes) {
        return new Sha256().update(bytes).hex();
    }

    /** Returns the digest of all that is left of {@code stream}, which stays open. */
    public static String hex(InputStream stream) throws IOException {
        Sha256 sha256 = new Sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            sha256.update(buffer, 0, n);
        }
        return sha256.hex();
    }

    /** Returns the digest of the file at {@code path}. */
    public static String hex(Path path) throws IOException {
        try (InputStream stream = Files.newInputStream(path)) {
            return hex(stream);
        }
    }

    /** Adds all of {@code added}; returns this. */
    public Sha256 update(byte[] added) {
        return update(added, 0, added.length);
    }

    /** Adds {@code length} of {@code added} from {@code offset}; returns this. */
    public Sha256 update(byte[] added, int offset, int length) {
        if (offset < 0 || length < 0 || length > added.length - offset) {
            throw new IndexOutOfBoundsException(
                    "expected a range of " + added.length + " bytes, found " + length + " from " + offset);
        }
        bytes += length;
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (filled == 0 && end - at >= BLOCK_BYTES) {
                compress(added, at);
                at += BLOCK_BYTES;
            } else {
                int n = Math.min(BLOCK_BYTES - filled, end - at);
                System.arraycopy(added, at, block, filled, n);
                filled += n;
                at += n;
                if (filled == BLOCK_BYTES) {
                    compress(block, 0);
                    filled = 0;
                }
            }
        }
        return this;
    }

    /** Returns the digest of all that was added, and starts anew. */
    public String hex() {
        long bits = bytes * 8;
        // Section 5.1.1: a one bit, zeros, and the length in bits at the end of the last block.
        update(new byte[] {(byte) 0x80});
        update(new byte[(LENGTH_AT - filled + BLOCK_BYTES) % BLOCK_BYTES]);
        byte[] length = new byte[8];
        for (int i = 0; i < 8; i++) {
            length[i] = (byte) (bits >>> 8 * (7 - i));
        }
        update(length);
        char[] digits = new char[64];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = HEX[state[i / 8] >>> 4 * (7 - i % 8) & 0xF];
        }
        System.arraycopy(INITIAL, 0, state, 0, state.length);
        bytes = 0;
        return new String(digits);
    }

    /** Section 6.2.2: one block of 64 bytes. */
    private void compress(byte[] data, int from) {
        int[] w = schedule;
        for (int t = 0; t < 16; t++) {
            int at = from + 4 * t;
            w[t] = data[at] << 24 | (data[at + 1] & 0xFF) << 16 | (data[at + 2] & 0xFF) << 8 | data[at + 3] & 0xFF;
        }
        for (int t = 16; t < 64; t++) {
            int s0 = Integer.rotateRight(w[t - 15], 7) ^ Integer.rotateRight(w[t - 15], 18) ^ w[t - 15] >>> 3;
            int s1 = Integer.rotateRight(w[t - 2], 17) ^ Integer.rotateRight(w[t - 2], 19) ^ w[t - 2] >>> 10;
            w[t] = w[t - 16] + s0 + w[t - 7] + s1;
        }
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int t = 0; t < 64; t++) {
            int sum1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            int t1 = h + sum1 + (e & f ^ ~e & g) + K[t] + w[t];
            int sum0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            int t2 = sum0 + (a & b ^ a & c ^ b & c);
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static int[] roots(int count, double power) {
        int[] bits = new int[count];
        int found = 0;
        for (int candidate = 2; found < count; candidate++) {
            boolean prime = true;
            for (int divisor = 2; divisor * divisor <= candidate; divisor++) {
                prime &= candidate % divisor != 0;
            }
            if (prime) {
                // 8 bits before the point and 32 behind it are fewer than a double's 53.
                double root = Math.pow(candidate, power);
                bits[found++] = (int) (long) ((root - Math.floor(root)) * 0x1p32);
            }
        }
        return bits;
    }
}
