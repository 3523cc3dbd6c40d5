package io.retort.inference.ensembles;

import java.util.Arrays;

/**
 * A text to go on with whose first bytes alone choose the experts. The array is not copied and must not change while a model has
 * it.
 *
 * @param contextBytes how many bytes choose; 0 for a text without a prompt
 */
public record GivenText(byte[] bytes, int contextBytes) {
    public GivenText {
        if (contextBytes < 0 || contextBytes > bytes.length) {
            throw new IllegalArgumentException(
                    "expected a context of 0 to " + bytes.length + " bytes, found " + contextBytes);
        }
    }

    /** Returns the bytes that choose. */
    public byte[] context() {
        return Arrays.copyOf(bytes, contextBytes);
    }
}
