package io.retort.datasets.bytes;

import io.retort.datasets.corpus.Split;
import java.util.Arrays;

/**
 * What a student is to learn from one document: its bytes, and the teacher's distribution before each byte and at the
 * end. Arrays are shared with the caller and must not be changed.
 *
 * @param documentId the document
 * @param domain its domain
 * @param split its split
 * @param text its UTF-8 text, n bytes
 * @param promptBytes how many of them are the prompt
 * @param distributions n + 1 positions; at position j the symbol after the first j bytes
 */
public record ByteTargets(
        String documentId, String domain, Split split, byte[] text, int promptBytes, ByteDistributions distributions) {
    public ByteTargets {
        if (promptBytes < 0 || promptBytes > text.length) {
            throw new IllegalArgumentException("expected a prompt of at most " + text.length + " bytes in document "
                    + documentId + ", found " + promptBytes);
        }
        if (distributions.positions() != text.length + 1) {
            throw new IllegalArgumentException("expected " + (text.length + 1) + " positions in document " + documentId
                    + ", found " + distributions.positions());
        }
    }

    /** The bytes of the text that are not the prompt, a copy. */
    public byte[] answer() {
        return Arrays.copyOfRange(text, promptBytes, text.length);
    }

    /** The symbol that follows the first {@code position} bytes in this very text: a byte, or the end. */
    public int actual(int position) {
        return position == text.length ? ByteDistributions.END : text[position] & 0xFF;
    }
}
