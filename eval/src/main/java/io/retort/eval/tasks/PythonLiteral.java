package io.retort.eval.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Lists of texts and numbers as Python writes them, which is what a template of choices renders to. */
final class PythonLiteral {
    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /**
     * The list that a text writes out.
     *
     * @throws TemplateException for anything else
     */
    static ArrayNode list(String text) {
        PythonLiteral literal = new PythonLiteral(text);
        literal.skipSpace();
        if (literal.peek() != '[') {
            throw literal.fault();
        }
        ArrayNode list = literal.elements();
        literal.skipSpace();
        if (literal.at < text.length()) {
            throw literal.fault();
        }
        return list;
    }

    private TemplateException fault() {
        return new TemplateException("expected a list of texts such as ['a', 'b'], found "
                + text.substring(0, Math.min(80, text.length())) + " (at char " + at + ")");
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (at < text.length() && PythonText.isSpace(text.charAt(at))) {
            at++;
        }
    }

    private ArrayNode elements() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        at++;
        while (true) {
            skipSpace();
            if (peek() == ']') {
                at++;
                return list;
            }
            list.add(element());
            skipSpace();
            if (peek() == ',') {
                at++;
            } else if (peek() != ']') {
                throw fault();
            }
        }
    }

    private JsonNode element() {
        char c = peek();
        if (c == '\'' || c == '"') {
            StringBuilder whole = new StringBuilder();
            // Texts side by side are one.
            while (peek() == '\'' || peek() == '"') {
                string(whole);
                skipSpace();
            }
            return JsonNodeFactory.instance.textNode(whole.toString());
        }
        int start = at;
        while (Character.isDigit(peek()) || peek() == '-') {
            at++;
        }
        String digits = text.substring(start, at);
        if (!digits.matches("-?(0|[1-9][0-9]{0,17})")) {
            throw fault();
        }
        return JsonNodeFactory.instance.numberNode(Long.parseLong(digits));
    }

    private void string(StringBuilder whole) {
        char quote = text.charAt(at++);
        while (peek() != quote) {
            if (at >= text.length() || peek() == '\n') {
                throw fault();
            }
            char c = text.charAt(at++);
            if (c == '\\') {
                escape(whole);
            } else {
                whole.append(c);
            }
        }
        at++;
    }

    private void escape(StringBuilder whole) {
        char c = peek();
        at++;
        int which = "nrtabfv\\'\"".indexOf(c);
        if (which >= 0) {
            whole.append("\n\r\t\u0007\b\f\u000b\\'\"".charAt(which));
            return;
        }
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits == 0 || at + digits > text.length()) {
            throw fault();
        }
        String hex = text.substring(at, at + digits);
        if (!hex.matches("[0-9a-fA-F]+") || !Character.isValidCodePoint((int) Long.parseLong(hex, 16))) {
            throw fault();
        }
        whole.appendCodePoint((int) Long.parseLong(hex, 16));
        at += digits;
    }
}
