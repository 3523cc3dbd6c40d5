package io.retort.inference.server;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns bytes into text as they come, whole characters only. What cannot be part of UTF-8 becomes U+FFFD. Belongs to one text.
 */
final class Utf8Pieces {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer begun = ByteBuffer.allocate(8);
    private int codePoints;

    /** Takes a byte; returns the text that it completes, most often none or one character. */
    String accept(int value) {
        begun.put((byte) value);
        begun.flip();
        CharBuffer text = CharBuffer.allocate(8);
        decoder.decode(begun, text, false);
        begun.compact();
        return told(text);
    }

    /** Returns what is left when no more bytes come. */
    String end() {
        begun.flip();
        CharBuffer text = CharBuffer.allocate(8);
        decoder.decode(begun, text, true);
        decoder.flush(text);
        decoder.reset();
        begun.clear();
        return told(text);
    }

    /** Returns how many code points were told so far. */
    int codePoints() {
        return codePoints;
    }

    private String told(CharBuffer text) {
        String piece = text.flip().toString();
        codePoints += piece.codePointCount(0, piece.length());
        return piece;
    }
}
