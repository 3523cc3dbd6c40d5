package io.retort.distill.bundling;

/** A bundle of this name and version is there and is another one: versions never change once written. */
public final class BundleConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its whole message. */
    public BundleConflictException(String message) {
        super(message);
    }
}
