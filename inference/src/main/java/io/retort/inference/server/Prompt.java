package io.retort.inference.server;

/**
 * A text to go on with. The array is not copied.
 *
 * @param start whether the client wrote the token of the start, which is read in any case
 */
record Prompt(byte[] bytes, Start start) {
    /** Whether the start of the text is a token of its own. */
    enum Start {
        UNMARKED,
        MARKED
    }
}
