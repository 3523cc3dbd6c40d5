package io.retort.eval.tasks;

import io.retort.eval.tasks.Template.Expression;
import io.retort.eval.tasks.Template.Part;
import io.retort.eval.tasks.Template.Text;
import io.retort.eval.tasks.TemplateExpression.Applied;
import io.retort.eval.tasks.TemplateExpression.Field;
import io.retort.eval.tasks.TemplateExpression.Item;
import io.retort.eval.tasks.TemplateExpression.Joined;
import io.retort.eval.tasks.TemplateExpression.Listed;
import io.retort.eval.tasks.TemplateExpression.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Parses templates; refuses by name what Jinja has and the subset has not. */
final class TemplateParser {
    private static final int DEEPEST = 20;
    private static final Set<String> KEYWORDS = Set.of(
            "if", "else", "and", "or", "not", "in", "is", "true", "false", "none", "True", "False", "None", "loop");

    private final Place place;
    private final String source;
    private int at;
    private int depth;

    TemplateParser(Place place, String source) {
        this.place = place;
        // Jinja reads every line break of a template as one kind.
        this.source = source.replace("\r\n", "\n").replace('\r', '\n');
    }

    List<Part> parse() {
        List<Part> parts = new ArrayList<>();
        while (at < source.length()) {
            int open = source.indexOf('{', at);
            while (open >= 0 && open + 1 < source.length() && "{%#".indexOf(source.charAt(open + 1)) < 0) {
                open = source.indexOf('{', open + 1);
            }
            if (open < 0 || open + 1 == source.length()) {
                parts.add(new Text(source.substring(at)));
                break;
            }
            if (open > at) {
                parts.add(new Text(source.substring(at, open)));
            }
            at = open + 2;
            if (source.charAt(open + 1) != '{') {
                throw refusal("expected {{ … }}, found " + source.substring(open, open + 2));
            }
            if (at < source.length() && "-+".indexOf(source.charAt(at)) >= 0) {
                throw refusal(
                        "expected {{ without a sign, which would take white space away, found {{" + source.charAt(at));
            }
            parts.add(new Expression(expression()));
            expect("}}");
        }
        return parts;
    }

    private IllegalArgumentException refusal(String message) {
        return place.refusal(message + " in the template \"" + source.replace("\n", "\\n") + "\"");
    }

    private void skipSpace() {
        while (at < source.length() && PythonText.isSpace(source.charAt(at))) {
            at++;
        }
    }

    private boolean take(String token) {
        skipSpace();
        if (source.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw refusal("expected " + token + ", found " + found());
        }
    }

    private String found() {
        return at >= source.length()
                ? "the end"
                : "\"" + source.substring(at, Math.min(source.length(), at + 12)) + "\"";
    }

    private TemplateExpression expression() {
        if (++depth > DEEPEST) {
            throw refusal("expected at most " + DEEPEST + " levels, found more");
        }
        TemplateExpression left = filtered();
        while (true) {
            boolean asText = take("~");
            if (!asText && !take("+")) {
                depth--;
                return left;
            }
            left = new Joined(left, asText, filtered());
        }
    }

    private TemplateExpression filtered() {
        TemplateExpression value = primary();
        while (take("|")) {
            String name = name("a filter");
            TemplateFunction function = TemplateFunction.FILTERS.get(name);
            if (function == null) {
                throw refusal("expected one of the filters " + new TreeSet<>(TemplateFunction.FILTERS.keySet())
                        + ", found " + name);
            }
            value = applied(name, function, value, take("(") ? list(")") : List.of());
        }
        return value;
    }

    private TemplateExpression applied(
            String name, TemplateFunction function, TemplateExpression value, List<TemplateExpression> arguments) {
        if (!function.takes(arguments.size())) {
            throw refusal("expected other arguments of " + name + ", found " + arguments.size());
        }
        return new Applied(function, value, arguments);
    }

    private TemplateExpression primary() {
        TemplateExpression value = atom();
        while (true) {
            if (take("[")) {
                value = new Item(value, expression());
                expect("]");
            } else if (take(".")) {
                value = behindDot(value);
            } else {
                return value;
            }
        }
    }

    private TemplateExpression behindDot(TemplateExpression value) {
        String name = name("a field");
        if (!take("(")) {
            return new Item(value, new Literal(name, false));
        }
        TemplateFunction method = TemplateFunction.METHODS.get(name);
        if (method == null) {
            throw refusal("expected one of the methods " + new TreeSet<>(TemplateFunction.METHODS.keySet()) + ", found "
                    + name);
        }
        return applied(name, method, value, list(")"));
    }

    private List<TemplateExpression> list(String end) {
        List<TemplateExpression> elements = new ArrayList<>();
        while (!take(end)) {
            elements.add(expression());
            if (!take(",")) {
                expect(end);
                break;
            }
        }
        return elements;
    }

    private TemplateExpression atom() {
        skipSpace();
        if (take("(")) {
            TemplateExpression inner = expression();
            expect(")");
            return inner;
        }
        if (take("[")) {
            return new Listed(list("]"));
        }
        char c = at < source.length() ? source.charAt(at) : ' ';
        if (c == '"' || c == '\'') {
            at++;
            return new Literal(text(c), false);
        }
        if (c == '-' || c >= '0' && c <= '9') {
            return number();
        }
        return new Field(name("a field"));
    }

    private TemplateExpression number() {
        int start = at++;
        while (at < source.length() && Character.isDigit(source.charAt(at))) {
            at++;
        }
        String digits = source.substring(start, at);
        if (!digits.matches("-?[0-9]{1,18}")) {
            throw refusal("expected a whole number, found \"" + digits + "\"");
        }
        return new Literal(digits, true);
    }

    private String text(char quote) {
        StringBuilder text = new StringBuilder();
        for (; at < source.length(); at++) {
            char c = source.charAt(at);
            if (c == quote) {
                at++;
                return text.toString();
            }
            if (c != '\\') {
                text.append(c);
                continue;
            }
            at++;
            char escaped = at < source.length() ? source.charAt(at) : ' ';
            int which = "nrt\\'\"".indexOf(escaped);
            if (which < 0) {
                throw refusal("expected one of the escapes \\n \\r \\t \\\\ \\' \\\", found \\" + escaped);
            }
            text.append("\n\r\t\\'\"".charAt(which));
        }
        throw refusal("expected " + quote + " at the end of a text, found the end");
    }

    private String name(String what) {
        skipSpace();
        int start = at;
        while (at < source.length() && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
        String name = source.substring(start, at);
        if (name.isEmpty() || Character.isDigit(name.charAt(0)) || KEYWORDS.contains(name)) {
            String rest = name.isEmpty() ? found() : "\"" + name + "\"";
            throw refusal("expected " + what + ", found " + rest);
        }
        return name;
    }
}
