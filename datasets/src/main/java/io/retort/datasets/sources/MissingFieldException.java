package io.retort.datasets.sources;

/** A record lacks what a path leads to. */
final class MissingFieldException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingFieldException(String message) {
        super(message);
    }
}
