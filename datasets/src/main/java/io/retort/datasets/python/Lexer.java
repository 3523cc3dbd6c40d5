package io.retort.datasets.python;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Cuts source text into tokens, with INDENT and DEDENT where the indentation changes (Python reference, section 2). */
final class Lexer {

    static final int LONGEST_SOURCE = 20_000;

    private static final int DEEPEST_INDENTATION = 20;
    private static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    /** Longer operators first, so that the first that matches is the right one. */
    private static final List<String> OPERATORS = List.of(
            "**=", "//=", "**", "//", "==", "!=", "<=", ">=", "+=", "-=", "*=", "%=", "+", "-", "*", "%", "<", ">", "=",
            "(", ")", "[", "]", ",", ":", ".");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Integer> indentations = new ArrayDeque<>(List.of(0));
    private int at;
    private int line = 1;
    private int brackets;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) {
        if (source.length() > LONGEST_SOURCE) {
            throw PythonError.limit("a program of more than " + LONGEST_SOURCE + " characters");
        }
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c != '\n' && (c < ' ' || c > '~')) {
                throw new PythonError(
                        PythonError.Kind.SYNTAX,
                        "expected printable ASCII, found character " + (int) c + " at offset " + i);
            }
        }
        return new Lexer(source).run();
    }

    private List<Token> run() {
        boolean lineStart = true;
        while (at < source.length()) {
            if (lineStart && brackets == 0) {
                lineStart = !indentation();
                continue;
            }
            char c = source.charAt(at);
            if (c == '\n') {
                newline();
                lineStart = true;
            } else if (c == ' ') {
                at++;
            } else if (c == '#') {
                skipComment();
            } else {
                token(c);
            }
        }
        if (brackets > 0) {
            throw PythonError.syntax(line, "a bracket is not closed");
        }
        if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).kind() != Token.Kind.NEWLINE) {
            add(Token.Kind.NEWLINE, "");
        }
        while (indentations.size() > 1) {
            indentations.pop();
            add(Token.Kind.DEDENT, "");
        }
        add(Token.Kind.END, "");
        return tokens;
    }

    /** Reads the spaces of a line; false if the line is blank (and then skipped). */
    private boolean indentation() {
        int from = at;
        while (at < source.length() && source.charAt(at) == ' ') {
            at++;
        }
        if (at < source.length() && source.charAt(at) == '#') {
            skipComment();
        }
        if (at == source.length()) {
            return false;
        }
        if (source.charAt(at) == '\n') {
            at++;
            line++;
            return false;
        }
        indent(at - from);
        return true;
    }

    private void indent(int width) {
        if (width > indentations.element()) {
            indentations.push(width);
            add(Token.Kind.INDENT, "");
            if (indentations.size() > DEEPEST_INDENTATION) {
                throw PythonError.limit("indentation deeper than " + DEEPEST_INDENTATION);
            }
        }
        while (width < indentations.element()) {
            indentations.pop();
            add(Token.Kind.DEDENT, "");
        }
        if (width != indentations.element()) {
            throw PythonError.syntax(line, "the indentation fits no line above");
        }
    }

    private void newline() {
        if (brackets == 0) {
            add(Token.Kind.NEWLINE, "");
        }
        at++;
        line++;
    }

    private void skipComment() {
        while (at < source.length() && source.charAt(at) != '\n') {
            at++;
        }
    }

    private void token(char c) {
        if (Character.isDigit(c)) {
            number();
        } else if (Character.isLetter(c) || c == '_') {
            int from = at;
            while (at < source.length() && isNamePart(source.charAt(at))) {
                at++;
            }
            String text = source.substring(from, at);
            add(KEYWORDS.contains(text) ? Token.Kind.KEYWORD : Token.Kind.NAME, text);
        } else if (c == '\'' || c == '"') {
            string(c);
        } else {
            operator();
        }
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void number() {
        int from = at;
        while (at < source.length() && Character.isDigit(source.charAt(at))) {
            at++;
        }
        String digits = source.substring(from, at);
        if (at < source.length() && (isNamePart(source.charAt(at)) || source.charAt(at) == '.')) {
            throw PythonError.syntax(line, "expected a whole number in decimal digits after '" + digits + "'");
        }
        if (digits.length() > 1 && digits.charAt(0) == '0' || digits.length() > 300) {
            throw PythonError.syntax(line, "expected a number without leading zeros and of at most 300 digits");
        }
        add(Token.Kind.INTEGER, digits);
    }

    private void string(char quote) {
        String triple = String.valueOf(quote).repeat(3);
        boolean isTriple = source.startsWith(triple, at);
        String end = isTriple ? triple : String.valueOf(quote);
        int startLine = line;
        at += end.length();
        StringBuilder text = new StringBuilder();
        while (!source.startsWith(end, at)) {
            if (at >= source.length() || (!isTriple && source.charAt(at) == '\n')) {
                throw PythonError.syntax(startLine, "a string is not closed");
            }
            text.append(character());
        }
        at += end.length();
        tokens.add(new Token(Token.Kind.STRING, text.toString(), startLine));
    }

    private char character() {
        char c = source.charAt(at++);
        if (c == '\n') {
            line++;
        }
        if (c != '\\') {
            return c;
        }
        char escaped = at < source.length() ? source.charAt(at++) : ' ';
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '\\', '\'', '"' -> escaped;
            default -> throw PythonError.syntax(line, "expected one of \\n \\t \\\\ \\' \\\", found \\" + escaped);
        };
    }

    private void operator() {
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                if (operator.equals("(") || operator.equals("[")) {
                    brackets++;
                } else if (operator.equals(")") || operator.equals("]")) {
                    brackets--;
                    if (brackets < 0) {
                        throw PythonError.syntax(line, "'" + operator + "' closes nothing");
                    }
                }
                add(Token.Kind.OPERATOR, operator);
                at += operator.length();
                return;
            }
        }
        throw PythonError.syntax(line, "'" + source.charAt(at) + "' is not in the subset");
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text, line));
    }
}
