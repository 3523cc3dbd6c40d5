package io.retort.distill.teachers;

/** A teacher will not answer a text, however often it is asked, though it answers others; the message is its words. */
public final class RefusedTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedTextException(String words) {
        super(words);
    }
}
