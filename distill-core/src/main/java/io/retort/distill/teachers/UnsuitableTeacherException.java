package io.retort.distill.teachers;

import io.retort.datasets.InvalidDataException;

/** A teacher is not what the work needs; the message says what was expected and what it is. Asking again does not help. */
public final class UnsuitableTeacherException extends InvalidDataException {
    private static final long serialVersionUID = 1L;

    public UnsuitableTeacherException(String message) {
        super(message);
    }

    public UnsuitableTeacherException(String message, Throwable cause) {
        super(message, cause);
    }
}
