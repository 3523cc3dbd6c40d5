package io.retort.inference.bundles;

/** A bundle that is missing, damaged, hostile or of a format that this runtime does not know; the message says what and where. */
public final class BundleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its whole message, on one line, control characters shown as question marks. */
    public BundleException(String message) {
        super(PrintableText.of(message));
    }

    /** An error with its cause. */
    public BundleException(String message, Throwable cause) {
        super(PrintableText.of(message), cause);
    }
}
