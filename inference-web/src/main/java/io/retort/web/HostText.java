package io.retort.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Texts and their bytes in UTF-8, or byte by byte in the other sets of characters that the runtime has. TeaVM's class library has
 * coders that stop anywhere and report anything, a tenth of the package; {@link HostTextTransformer} puts this in their place.
 */
public final class HostText {
    private static final char REPLACEMENT = '\uFFFD';

    private HostText() {}

    /** Decodes as {@link String#String(byte[], Charset)} does: what is malformed becomes U+FFFD, each longest beginning one. */
    public static CharBuffer decode(Charset set, ByteBuffer in) {
        char[] out = new char[in.remaining()];
        int length = 0;
        boolean wide = set.name().equals("UTF-8");
        while (in.hasRemaining()) {
            int first = in.get() & 0xFF;
            if (!wide || first < 0x80) {
                out[length++] = (char) first;
                continue;
            }
            int missing = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
            if (first < 0xC2 || first > 0xF4) {
                out[length++] = REPLACEMENT;
                continue;
            }
            int point = first & 0x3F >> missing;
            int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            while (missing > 0 && in.hasRemaining()) {
                int next = in.get(in.position()) & 0xFF;
                if (next < least || next > most) {
                    break;
                }
                in.get();
                point = point << 6 | next & 0x3F;
                least = 0x80;
                most = 0xBF;
                missing--;
            }
            if (missing > 0) {
                out[length++] = REPLACEMENT;
            } else if (point >= 0x10000) {
                // Four bytes have room for two.
                out[length++] = (char) (0xD7C0 + (point >> 10));
                out[length++] = (char) (0xDC00 | point & 0x3FF);
            } else {
                out[length++] = (char) point;
            }
        }
        return CharBuffer.wrap(out, 0, length);
    }

    /** Encodes as {@link String#getBytes(Charset)} does: half a surrogate pair becomes a question mark. */
    public static ByteBuffer encode(Charset set, CharBuffer in) {
        byte[] out = new byte[3 * in.remaining()];
        int length = 0;
        boolean wide = set.name().equals("UTF-8");
        while (in.hasRemaining()) {
            int point = in.get();
            boolean pair = Character.isHighSurrogate((char) point)
                    && in.hasRemaining()
                    && Character.isLowSurrogate(in.get(in.position()));
            if (pair) {
                point = (point - 0xD7C0 << 10) + (in.get() & 0x3FF);
            }
            if (point < 0x80 || !wide || !pair && Character.isSurrogate((char) point)) {
                out[length++] = (byte) (point < 0x80 ? point : '?');
            } else if (point < 0x800) {
                out[length++] = (byte) (0xC0 | point >> 6);
                out[length++] = (byte) (0x80 | point & 0x3F);
            } else {
                if (point >= 0x10000) {
                    out[length++] = (byte) (0xF0 | point >> 18);
                    out[length++] = (byte) (0x80 | point >> 12 & 0x3F);
                } else {
                    out[length++] = (byte) (0xE0 | point >> 12);
                }
                out[length++] = (byte) (0x80 | point >> 6 & 0x3F);
                out[length++] = (byte) (0x80 | point & 0x3F);
            }
        }
        return ByteBuffer.wrap(Arrays.copyOf(out, length));
    }
}
