package io.retort.datasets.corpus;

/**
 * What is known of a document without its text.
 *
 * @param idHigh the first 16 hex digits of its id
 * @param idLow the last 16
 * @param textBytes UTF-8 bytes of prompt and answer
 */
public record DocumentOutline(long idHigh, long idLow, int textBytes) {
    private static final int DIGITS = 16;
    private static final int HEXADECIMAL = 16;

    /**
     * The outline of a document with this id.
     *
     * @throws IllegalArgumentException if the id is not 32 hex digits
     */
    public static DocumentOutline of(String id, int textBytes) {
        if (id.length() != 2 * DIGITS) {
            throw new IllegalArgumentException("expected an id of 32 hex digits, found \"" + id + "\"");
        }
        return new DocumentOutline(
                Long.parseUnsignedLong(id, 0, DIGITS, HEXADECIMAL),
                Long.parseUnsignedLong(id, DIGITS, 2 * DIGITS, HEXADECIMAL),
                textBytes);
    }
}
