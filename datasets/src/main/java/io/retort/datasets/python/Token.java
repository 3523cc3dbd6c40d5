package io.retort.datasets.python;

/**
 * A piece of source text.
 *
 * @param text the name, operator, digits or (for STRING) the string's content
 * @param line counted from 1
 */
record Token(Kind kind, String text, int line) {

    enum Kind {
        NAME,
        KEYWORD,
        INTEGER,
        STRING,
        OPERATOR,
        NEWLINE,
        INDENT,
        DEDENT,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case NEWLINE -> "end of line";
            case INDENT -> "indentation";
            case DEDENT -> "end of indentation";
            case END -> "end of text";
            default -> "'" + text + "'";
        };
    }
}
