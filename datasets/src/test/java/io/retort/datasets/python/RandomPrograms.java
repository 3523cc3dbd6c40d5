package io.retort.datasets.python;

import java.util.List;
import java.util.Random;

/** Draws programs of the subset, most of them well typed and all of them ending, to run in two interpreters. */
final class RandomPrograms {

    private final Random random;

    RandomPrograms(Random random) {
        this.random = random;
    }

    /** A function f of no parameters. */
    String program() {
        StringBuilder source = new StringBuilder("def f():\n");
        source.append("    x = ").append(literal('i')).append("\n    y = ").append(literal('i'));
        source.append("\n    s = ").append(literal('s')).append("\n    t = ").append(literal('s'));
        source.append("\n    xs = ")
                .append(literal('l'))
                .append("\n    ys = ")
                .append(literal('l'))
                .append("\n");
        for (int i = random.nextInt(5); i >= 0; i--) {
            statement(source, "    ", 2);
        }
        return source.append("    return [x, y, s, t, xs, ys, ")
                .append(any(3))
                .append("]\n")
                .toString();
    }

    private void statement(StringBuilder source, String indent, int depth) {
        switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0 ->
                line(
                        source,
                        indent,
                        oneOf("x", "y") + oneOf(" = ", " += ", " -= ", " *= ", " //= ", " %= ") + expression('i', 3));
            case 1 -> line(source, indent, oneOf("s", "t") + oneOf(" = ", " += ") + expression('s', 3));
            case 2 -> line(source, indent, oneOf("xs", "ys") + oneOf(" = ", " += ") + expression('l', 3));
            case 3 ->
                line(
                        source,
                        indent,
                        oneOf("xs", "ys") + "[" + expression('i', 1) + "]" + oneOf(" = ", " += ") + expression('i', 2));
            case 4 -> line(source, indent, oneOf("xs", "ys") + mutation());
            case 5, 6 -> {
                line(source, indent, "if " + expression('b', 3) + ":");
                statement(source, indent + "    ", depth - 1);
                line(source, indent, oneOf("else:", "elif " + expression('b', 2) + ":"));
                statement(source, indent + "    ", depth - 1);
            }
            default -> {
                line(
                        source,
                        indent,
                        "for v in " + oneOf("range(" + random.nextInt(6) + ")", "[1, 2, 5]", "[x, y]") + ":");
                line(source, indent + "    ", "x = x + v");
                statement(source, indent + "    ", 0);
            }
        }
    }

    private static void line(StringBuilder source, String indent, String text) {
        source.append(indent).append(text).append('\n');
    }

    private String mutation() {
        return oneOf(
                ".append(" + expression('i', 2) + ")",
                ".extend(" + expression('l', 2) + ")",
                ".insert(" + expression('i', 1) + ", " + expression('i', 1) + ")",
                ".remove(" + expression('i', 1) + ")",
                ".pop(" + oneOf("", expression('i', 1)) + ")",
                ".reverse()",
                ".sort()",
                ".sort(reverse=True)");
    }

    private String any(int depth) {
        return expression("isbl".charAt(random.nextInt(4)), depth);
    }

    /** An expression of a type, i, s, b or l; now and then of another, to meet the errors too. */
    private String expression(char type, int depth) {
        if (random.nextInt(60) == 0) {
            return any(depth);
        }
        if (depth == 0 || random.nextInt(5) == 0) {
            return random.nextInt(3) == 0 ? literal(type) : variable(type);
        }
        return switch (type) {
            case 'i' -> number(depth - 1);
            case 's' -> text(depth - 1);
            case 'b' -> truth(depth - 1);
            default -> list(depth - 1);
        };
    }

    private String variable(char type) {
        return switch (type) {
            case 'i' -> oneOf("x", "y");
            case 's' -> oneOf("s", "t");
            case 'b' -> oneOf("x > y", "not s", "True");
            default -> oneOf("xs", "ys");
        };
    }

    private String literal(char type) {
        return switch (type) {
            case 'i' -> String.valueOf(random.nextInt(25) - 5);
            case 's' -> oneOf("''", "'a'", "'Ab c'", "\"it's\"", "'banana'", "' x1 '", "'a,b'");
            case 'b' -> oneOf("True", "False", "None");
            default -> oneOf("[]", "[3]", "[3, 1, 2]", "[5, -2, 5, 0]", "[True, 2]");
        };
    }

    private String number(int depth) {
        String a = expression('i', depth);
        String b = expression('i', depth);
        return oneOf(
                "(" + a + oneOf(" + ", " - ", " * ", " // ", " % ") + b + ")",
                a + oneOf(" + ", " - ", " * ", " // ", " % ") + b,
                "-" + a,
                "(" + a + ") ** 2",
                "2 ** " + random.nextInt(9),
                "abs(" + a + ")",
                oneOf("max", "min") + "(" + a + ", " + b + ")",
                oneOf("max", "min", "sum", "len") + "(" + expression('l', depth) + ")",
                "len(" + expression('s', depth) + ")",
                expression('l', depth) + "[" + a + "]",
                "(" + expression('l', depth) + ").count(" + a + ")",
                "(" + expression('s', depth) + ")" + oneOf(".count", ".find", ".index") + "(" + expression('s', depth)
                        + ")",
                "(" + a + " if " + expression('b', depth) + " else " + b + ")",
                "sum(v * 2 for v in " + expression('l', depth) + " if v > " + a + ")",
                "int(" + oneOf(a, "str(" + a + ")", expression('b', depth)) + ")");
    }

    private String text(int depth) {
        String a = "(" + expression('s', depth) + ")";
        return oneOf(
                a + " + " + expression('s', depth),
                a + " * " + random.nextInt(4),
                a + "." + oneOf("upper", "lower", "strip", "lstrip", "rstrip", "title", "capitalize", "swapcase")
                        + "()",
                a + ".replace(" + expression('s', depth) + ", " + literal('s') + ")",
                a + ".strip(" + literal('s') + ")",
                a + slice(depth),
                a + "[" + expression('i', depth) + "]",
                "str(" + any(depth) + ")",
                a + ".join([str(v) for v in " + expression('l', depth) + "])",
                "''.join(sorted(" + a + "))",
                "''.join(reversed(" + a + "))",
                "(" + expression('s', depth) + oneOf(" or ", " and ") + expression('s', depth) + ")");
    }

    private String truth(int depth) {
        String a = expression('i', depth);
        return oneOf(
                a + comparator() + expression('i', depth),
                a + comparator() + expression('i', depth) + comparator() + a,
                expression('s', depth) + comparator() + expression('s', depth),
                "(" + expression('l', depth) + ")" + comparator() + "(" + expression('l', depth) + ")",
                a + oneOf(" in ", " not in ") + expression('l', depth),
                expression('s', depth) + oneOf(" in ", " not in ") + expression('s', depth),
                "(" + expression('b', depth) + oneOf(" and ", " or ") + expression('b', depth) + ")",
                "(not " + expression('b', depth) + ")",
                oneOf("any", "all") + "(" + expression('l', depth) + ")",
                "bool(" + any(depth) + ")",
                "(" + expression('s', depth) + ")."
                        + oneOf("isdigit", "isalpha", "isupper", "islower", "isalnum", "isspace") + "()",
                "(" + expression('s', depth) + ")." + oneOf("startswith", "endswith") + "(" + expression('s', depth)
                        + ")",
                "(" + any(depth) + ")" + oneOf(" is ", " is not ") + "None");
    }

    private String list(int depth) {
        String a = "(" + expression('l', depth) + ")";
        return oneOf(
                a + " + " + expression('l', depth),
                a + " * " + random.nextInt(3),
                a + slice(depth),
                "sorted(" + a + oneOf("", ", reverse=True", ", reverse=x > 2") + ")",
                "list(reversed(" + a + "))",
                "[v + " + expression('i', depth) + " for v in " + a + " if " + expression('b', depth) + "]",
                "[v * w for v in " + a + " for w in " + expression('l', depth) + " if w]",
                "list(range(" + expression('i', depth) + " % 7, " + random.nextInt(9) + oneOf("", ", 2", ", -1") + "))",
                "[" + expression('i', depth) + ", " + expression('i', depth) + "]",
                "[len(v) for v in (" + expression('s', depth) + ").split(" + oneOf("", "'a'", "','") + ")]",
                "[ord(v) for v in " + expression('s', depth) + "]");
    }

    private String slice(int depth) {
        return "[" + oneOf("", expression('i', depth)) + ":" + oneOf("", expression('i', depth))
                + oneOf("", ":2", ":-1", ":" + expression('i', 0)) + "]";
    }

    private String comparator() {
        return oneOf(" == ", " != ", " < ", " <= ", " > ", " >= ");
    }

    private String oneOf(String... alternatives) {
        return List.of(alternatives).get(random.nextInt(alternatives.length));
    }
}
