package io.retort.datasets.python;

import java.util.List;

/** A place in a list of tokens, with a bound on how deep the parser may nest. */
final class Cursor {

    private static final int DEEPEST_NESTING = 30;

    private final List<Token> tokens;
    private int at;
    private int depth;

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekAfter() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    boolean atOperator(String text) {
        return peek().is(Token.Kind.OPERATOR, text);
    }

    boolean atKeyword(String text) {
        return peek().is(Token.Kind.KEYWORD, text);
    }

    /** Goes past this operator if it stands here. */
    boolean skipOperator(String text) {
        if (!atOperator(text)) {
            return false;
        }
        at++;
        return true;
    }

    /** Goes past this keyword if it stands here. */
    boolean skipKeyword(String text) {
        if (!atKeyword(text)) {
            return false;
        }
        at++;
        return true;
    }

    void expectOperator(String text) {
        if (!skipOperator(text)) {
            throw unexpected("'" + text + "'");
        }
    }

    void expectKeyword(String text) {
        if (!skipKeyword(text)) {
            throw unexpected("'" + text + "'");
        }
    }

    Token expect(Token.Kind kind, String what) {
        if (peek().kind() != kind) {
            throw unexpected(what);
        }
        return next();
    }

    PythonError unexpected(String wanted) {
        return PythonError.syntax(peek().line(), "expected " + wanted + ", found " + peek().shown());
    }

    void enter() {
        if (++depth > DEEPEST_NESTING) {
            throw PythonError.limit("line " + peek().line() + ": nesting deeper than " + DEEPEST_NESTING);
        }
    }

    void leave() {
        depth--;
    }
}
