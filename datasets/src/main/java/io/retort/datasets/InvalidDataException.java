package io.retort.datasets;

/**
 * Data from outside is not what it must be: a file is cut off, a field is missing, a digest does not match.
 *
 * <p>The message is one line that says what was expected, what was found and where (path, line or byte offset), so that
 * a command line can show it as it is. Trying again without changing the data does not help.
 */
public class InvalidDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidDataException(String message) {
        super(message);
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
