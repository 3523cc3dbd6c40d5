package io.retort.distill.teachers;

/** A teacher's files are not what their format asks for; the message says which file, what was expected, what was found. */
public final class TeacherFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error found here. */
    public TeacherFormatException(String message) {
        super(message);
    }

    /** An error with its cause. */
    public TeacherFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
