package io.retort.datasets.python;

import java.util.ArrayList;
import java.util.List;

/** Values as text: what {@code str} and {@code repr} give. */
final class Representation {

    private static final int DEEPEST = 20;

    private Representation() {}

    /** A string as it is, anything else as a literal. */
    static String str(PythonValue value, Meter meter) {
        return value instanceof PythonValue.Str text ? text.value() : repr(value, meter);
    }

    /** The literal of a value. The meter bounds it: lists that share a list can be short and their text endless. */
    static String repr(PythonValue value, Meter meter) {
        return repr(value, meter, 0);
    }

    private static String repr(PythonValue value, Meter meter, int depth) {
        meter.step();
        if (depth > DEEPEST) {
            throw PythonError.limit("lists nested deeper than " + DEEPEST);
        }
        if (value instanceof PythonValue.Int number) {
            return charged(number.value().toString(), meter);
        }
        if (value instanceof PythonValue.Bool bool) {
            return bool == PythonValue.Bool.TRUE ? "True" : "False";
        }
        if (value instanceof PythonValue.None) {
            return "None";
        }
        if (value instanceof PythonValue.Str text) {
            return charged(quoted(text.value()), meter);
        }
        if (value instanceof PythonValue.Sequence list) {
            List<String> items = new ArrayList<>();
            for (PythonValue item : list.items()) {
                items.add(repr(item, meter, depth + 1));
            }
            return "[" + String.join(", ", items) + "]";
        }
        throw PythonError.type("the text of a " + value.typeName() + " is not in the subset");
    }

    private static String charged(String text, Meter meter) {
        meter.charge(text.length());
        return text;
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
