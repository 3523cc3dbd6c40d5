package io.retort.datasets.suites;

import io.retort.datasets.python.PythonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Draws arguments for a function. What its text mentions, and what lies next to it, comes up often, so that a wrong
 * bound or a wrong letter shows.
 */
final class CodeInputs {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern QUOTED = Pattern.compile("'([a-zA-Z]{1,8})'");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final List<Integer> numbers = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();

    /** Inputs for a function with this text, which should not hold examples: their numbers would crowd out its own. */
    CodeInputs(String source) {
        for (Matcher matcher = NUMBER.matcher(source); matcher.find(); ) {
            numbers.add(Integer.parseInt(matcher.group()));
        }
        for (Matcher matcher = QUOTED.matcher(source); matcher.find(); ) {
            pieces.add(matcher.group(1));
        }
    }

    /** Arguments of the same kinds as those seen in an example. */
    List<PythonValue> like(List<PythonValue> seen, Draws draws) {
        List<PythonValue> arguments = new ArrayList<>();
        int last = draws.between(-120, 120);
        for (PythonValue one : seen) {
            switch (kind(one)) {
                case NUMBER -> {
                    last = related(last, draws);
                    arguments.add(PythonValue.Int.of(last));
                }
                case TEXT -> arguments.add(new PythonValue.Str(text(draws, draws.between(0, 9))));
                case LIST -> arguments.add(list(draws, draws.between(0, 7)));
            }
        }
        return arguments;
    }

    /** Now and then what makes a sum or a difference meet a bound of the text exactly. */
    private int related(int last, Draws draws) {
        if (numbers.isEmpty() || draws.percent(60)) {
            return number(draws);
        }
        int bound = draws.pick(numbers);
        int other = draws.percent(50) ? last : draws.pick(numbers);
        return draws.oneOf(bound - other, bound + other);
    }

    /** A small value that is good to read, for an example in a prompt. */
    PythonValue readable(CodeSketch.Kind kind, Draws draws) {
        return switch (kind) {
            case NUMBER -> PythonValue.Int.of(draws.percent(30) ? Math.min(number(draws), 120) : draws.between(1, 30));
            case TEXT -> new PythonValue.Str(text(draws, draws.between(3, 6)));
            case LIST -> list(draws, draws.between(3, 4));
        };
    }

    private static CodeSketch.Kind kind(PythonValue seen) {
        if (seen instanceof PythonValue.Int) {
            return CodeSketch.Kind.NUMBER;
        }
        if (seen instanceof PythonValue.Str) {
            return CodeSketch.Kind.TEXT;
        }
        if (seen instanceof PythonValue.Sequence) {
            return CodeSketch.Kind.LIST;
        }
        throw new IllegalArgumentException("expected a number, string or list, found " + seen.typeName());
    }

    private int number(Draws draws) {
        if (!numbers.isEmpty() && draws.percent(60)) {
            return draws.pick(numbers) + draws.oneOf(-1, 0, 0, 1);
        }
        return draws.between(-30, 110);
    }

    private String text(Draws draws, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            if (!pieces.isEmpty() && draws.percent(30)) {
                text.append(draws.pick(pieces));
            } else {
                text.append(LETTERS.charAt(draws.below(LETTERS.length())));
            }
        }
        return text.toString();
    }

    private PythonValue list(Draws draws, int length) {
        List<PythonValue> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(PythonValue.Int.of(number(draws)));
        }
        return new PythonValue.Sequence(items);
    }
}
