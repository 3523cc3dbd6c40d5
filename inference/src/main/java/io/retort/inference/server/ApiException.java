package io.retort.inference.server;

/** A request that is answered with an error; the message says what was expected and found. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String parameter;

    private ApiException(int status, String type, String parameter, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.parameter = parameter;
    }

    /** A member of the request that is wrong. */
    static ApiException invalid(String parameter, String message) {
        return new ApiException(400, "invalid_request_error", parameter, message);
    }

    /** A request that is wrong, or cannot be served now, as a whole. */
    static ApiException of(int status, String message) {
        return new ApiException(status, type(status), "", message);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 500 -> "server_error";
            case 503 -> "overloaded_error";
            default -> "invalid_request_error";
        };
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    /** Returns the member that is wrong, empty where it is none. */
    String parameter() {
        return parameter;
    }
}
