package io.retort.distill.teachers.served;

/** A server will not answer a request, however often it is sent; the message is its words. */
final class RefusedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedRequestException(int status, String words) {
        super(words, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
