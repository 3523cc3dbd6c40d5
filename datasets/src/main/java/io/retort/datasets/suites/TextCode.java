package io.retort.datasets.suites;

import java.util.List;

/** Functions of a string: one or two steps in a row, or a loop over its characters. */
final class TextCode {

    private static final List<String> NAMES = List.of("s", "t", "w", "text", "word");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    /** A step: how it is said of "it", and the code behind the string's expression. */
    private record Step(String phrase, String suffix) {}

    private final Draws draws;
    private final String name;

    private TextCode(Draws draws) {
        this.draws = draws;
        this.name = draws.pick(NAMES);
    }

    static CodeSketch steps(Draws draws) {
        TextCode code = new TextCode(draws);
        String description = "Take " + code.name;
        String expression = code.name;
        if (draws.percent(70)) {
            Step step = code.step();
            description += ", " + step.phrase();
            expression += step.suffix();
        }
        int last = draws.below(10);
        if (last < 4) {
            Step step = code.step();
            return code.sketch(
                    "text", description + ", " + step.phrase() + ".", "return " + expression + step.suffix());
        }
        if (last < 7) {
            Step step = code.join();
            return code.sketch(
                    "text", description + ", " + step.phrase() + ".", "return " + expression + step.suffix());
        }
        return code.measured(description, expression);
    }

    private CodeSketch measured(String description, String expression) {
        String letter = letter();
        return switch (draws.below(5)) {
            case 0 -> sketch("text", description + " and return its length.", "return len(" + expression + ")");
            case 1 ->
                sketch(
                        "text",
                        description + " and count '" + letter + "' in it.",
                        "return " + expression + ".count('" + letter + "')");
            case 2 ->
                sketch(
                        "text",
                        description + " and tell if it starts with '" + letter + "'.",
                        "return " + expression + ".startswith('" + letter + "')");
            case 3 ->
                sketch(
                        "text",
                        description + " and tell if it ends with '" + letter + "'.",
                        "return " + expression + ".endswith('" + letter + "')");
            default ->
                sketch(
                        "text",
                        description + " and tell if it contains '" + letter + "'.",
                        "return '" + letter + "' in " + expression);
        };
    }

    static CodeSketch loop(Draws draws) {
        TextCode code = new TextCode(draws);
        String letter = code.letter();
        String head = "for c in " + code.name + ":";
        int number = draws.between(2, 9);
        return switch (draws.below(4)) {
            case 0 ->
                code.sketch(
                        "text-loop",
                        "Count the characters of " + code.name + " that are '" + letter + "', each " + number
                                + " times.",
                        "total = 0",
                        head,
                        "    if c == '" + letter + "':",
                        "        total += " + number,
                        "return total");
            case 1 ->
                code.sketch(
                        "text-loop",
                        "Repeat each character of " + code.name + " " + number + " times.",
                        "out = ''",
                        head,
                        "    out += c * " + number,
                        "return out");
            case 2 ->
                code.sketch(
                        "text-loop",
                        "Put '" + letter + "' behind each character of " + code.name + ".",
                        "out = ''",
                        head,
                        "    out += c + '" + letter + "'",
                        "return out");
            default ->
                code.sketch(
                        "text-loop",
                        "Double each '" + letter + "' of " + code.name + " and keep the rest.",
                        "out = ''",
                        head,
                        "    if c == '" + letter + "':",
                        "        out += c",
                        "    out += c",
                        "return out");
        };
    }

    /** A step whose code may be followed by another. */
    private Step step() {
        int count = draws.between(1, 5);
        String letter = letter();
        return switch (draws.below(8)) {
            case 0 -> new Step("reverse it", "[::-1]");
            case 1 -> new Step("make it upper case", ".upper()");
            case 2 -> new Step("make it lower case", ".lower()");
            case 3 -> new Step("keep the first " + count, "[:" + count + "]");
            case 4 -> new Step("keep the last " + count, "[-" + count + ":]");
            case 5 -> new Step("drop the first " + count, "[" + count + ":]");
            case 6 -> new Step("drop the last " + count, "[:-" + count + "]");
            default -> {
                String other = letter();
                yield new Step(
                        "replace '" + letter + "' by '" + other + "'", ".replace('" + letter + "', '" + other + "')");
            }
        };
    }

    /** A step with an operator, which can only be the last. */
    private Step join() {
        int count = draws.between(2, 5);
        String piece = Lexicon.invented(draws, 1);
        return draws.percent(50)
                ? new Step("repeat it " + count + " times", " * " + count)
                : new Step("put '" + piece + "' at the end", " + '" + piece + "'");
    }

    private String letter() {
        return String.valueOf(LETTERS.charAt(draws.below(LETTERS.length())));
    }

    private CodeSketch sketch(String task, String description, String... body) {
        return new CodeSketch(
                task, List.of(new CodeSketch.Parameter(name, CodeSketch.Kind.TEXT)), description, List.of(body));
    }
}
