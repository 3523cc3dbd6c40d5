package io.retort.distill.teachers.served;

/** An answer is not what was asked for: cut off, too short, of other tokens. Asking again may help. */
final class InvalidAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidAnswerException(String message) {
        super(message, null, false, false);
    }
}
