package io.retort.distill.teachers.served;

/** Every attempt at a request ended in the server's failure; whether on this request alone has to be found out. */
final class FailedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedRequestException(String words) {
        super(words, null, false, false);
    }
}
