package io.retort.datasets.python;

/** What is wrong with a program: its text, an operation on its values, or its use of time and memory. */
public final class PythonError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The classes of error; the names follow Python's exceptions where there is one. */
    public enum Kind {
        /** The text is not a program of the subset. */
        SYNTAX,
        /** A name has no value. */
        NAME,
        /** An operation does not apply to values of these types, or is not in the subset. */
        TYPE,
        /** A value of the right type is not acceptable. */
        VALUE,
        /** A position is outside a sequence. */
        INDEX,
        /** A division by zero. */
        ZERO_DIVISION,
        /** A bound on steps, depth or size is reached. */
        LIMIT
    }

    private final Kind kind;
    private final String reason;

    PythonError(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
        this.reason = reason;
    }

    static PythonError syntax(int line, String message) {
        return new PythonError(Kind.SYNTAX, "line " + line + ": " + message);
    }

    static PythonError type(String message) {
        return new PythonError(Kind.TYPE, message);
    }

    static PythonError value(String message) {
        return new PythonError(Kind.VALUE, message);
    }

    static PythonError limit(String message) {
        return new PythonError(Kind.LIMIT, message);
    }

    /** The class of this error. */
    public Kind kind() {
        return kind;
    }

    /** What was expected and found, with the line for an error of syntax; the same as the message. */
    public String reason() {
        return reason;
    }
}
