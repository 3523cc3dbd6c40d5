package io.retort.datasets.python;

import java.util.ArrayList;
import java.util.List;

/** Values as text: what {@code str} and {@code repr} give. */
final class Representation {

    private static final int DEEPEST = 20;

    private Representation() {}

    /** A string as it is, anything else as a literal. */
    static String str(PythonValue value) {
        return value instanceof PythonValue.Str text ? text.value() : repr(value);
    }

    /** The literal of a value. */
    static String repr(PythonValue value) {
        return repr(value, 0);
    }

    private static String repr(PythonValue value, int depth) {
        if (depth > DEEPEST) {
            throw PythonError.limit("lists nested deeper than " + DEEPEST);
        }
        if (value instanceof PythonValue.Int number) {
            return number.value().toString();
        }
        if (value instanceof PythonValue.Bool bool) {
            return bool == PythonValue.Bool.TRUE ? "True" : "False";
        }
        if (value instanceof PythonValue.None) {
            return "None";
        }
        if (value instanceof PythonValue.Str text) {
            return quoted(text.value());
        }
        if (value instanceof PythonValue.Sequence list) {
            List<String> items = new ArrayList<>();
            for (PythonValue item : list.items()) {
                items.add(repr(item, depth + 1));
            }
            return "[" + String.join(", ", items) + "]";
        }
        throw PythonError.type("the text of a " + value.typeName() + " is not in the subset");
    }

    /** In single quotes, or in double ones if that saves an escape. */
    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder literal = new StringBuilder().append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> literal.append("\\n");
                case '\t' -> literal.append("\\t");
                case '\\' -> literal.append("\\\\");
                default -> {
                    if (c == quote) {
                        literal.append('\\');
                    }
                    literal.append(c < ' ' || c == 127 ? String.format("\\x%02x", (int) c) : String.valueOf(c));
                }
            }
        }
        return literal.append(quote).toString();
    }
}
