package io.retort.datasets.python;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** One call of a method of a string of ASCII characters (Python library reference, "String Methods"). */
final class StringMethods {

    private static final String WHITE_SPACE = " \t\n\r\u000b\f\u001c\u001d\u001e\u001f";

    private final String text;
    private final Arguments arguments;
    private final Meter meter;

    StringMethods(String text, Arguments arguments, Meter meter) {
        this.text = text;
        this.arguments = arguments;
        this.meter = meter;
    }

    PythonValue call(String method) {
        return switch (method) {
            case "count", "endswith", "find", "index", "startswith" -> search(method);
            case "isalnum", "isalpha", "isdigit", "islower", "isspace", "isupper" -> test(method);
            case "join" -> join();
            case "split" -> split();
            default -> new PythonValue.Str(changed(method));
        };
    }

    private PythonValue search(String method) {
        String part = arguments.require(method, 1, 1).text(0);
        return switch (method) {
            case "count" -> PythonValue.Int.of(occurrences(part));
            case "endswith" -> PythonValue.Bool.of(text.endsWith(part));
            case "find" -> PythonValue.Int.of(text.indexOf(part));
            case "startswith" -> PythonValue.Bool.of(text.startsWith(part));
            default -> {
                int at = text.indexOf(part);
                if (at < 0) {
                    throw PythonError.value("the substring is not there");
                }
                yield PythonValue.Int.of(at);
            }
        };
    }

    /** Without overlaps; the empty string occurs before every character and at the end. */
    private int occurrences(String part) {
        if (part.isEmpty()) {
            return text.length() + 1;
        }
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private PythonValue test(String method) {
        arguments.require(method, 0, 0);
        return PythonValue.Bool.of(
                switch (method) {
                    case "isalnum" -> every(c -> isLetter(c) || isDigit(c));
                    case "isalpha" -> every(StringMethods::isLetter);
                    case "isdigit" -> every(StringMethods::isDigit);
                    case "isspace" -> every(c -> WHITE_SPACE.indexOf(c) >= 0);
                    case "islower" -> some(StringMethods::isLower) && !some(StringMethods::isUpper);
                    default -> some(StringMethods::isUpper) && !some(StringMethods::isLower);
                });
    }

    private boolean every(IntPredicate predicate) {
        return !text.isEmpty() && text.chars().allMatch(predicate);
    }

    private boolean some(IntPredicate predicate) {
        return text.chars().anyMatch(predicate);
    }

    private PythonValue join() {
        List<PythonValue> items = Sequences.all(arguments.require("join", 1, 1).at(0), meter);
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof PythonValue.Str part)) {
                throw PythonError.type(
                        "join takes strings, found " + items.get(i).typeName());
            }
            String separator = i > 0 ? text : "";
            meter.charge((long) separator.length() + part.value().length());
            meter.checkSize(
                    (long) joined.length() + separator.length() + part.value().length());
            joined.append(separator).append(part.value());
        }
        return new PythonValue.Str(joined.toString());
    }

    private PythonValue split() {
        arguments.require("split", 0, 1);
        List<PythonValue> parts = new ArrayList<>();
        if (arguments.count() == 0 || arguments.at(0) == PythonValue.None.NONE) {
            for (Iterator<String> words = words().iterator(); words.hasNext(); ) {
                parts.add(new PythonValue.Str(words.next()));
            }
            return new PythonValue.Sequence(parts);
        }
        String separator = arguments.text(0);
        if (separator.isEmpty()) {
            throw PythonError.value("an empty separator");
        }
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(new PythonValue.Str(text.substring(from, at)));
            from = at + separator.length();
        }
        parts.add(new PythonValue.Str(text.substring(from)));
        return new PythonValue.Sequence(parts);
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean space = i == text.length() || WHITE_SPACE.indexOf(text.charAt(i)) >= 0;
            if (space && from >= 0) {
                words.add(text.substring(from, i));
                from = -1;
            } else if (!space && from < 0) {
                from = i;
            }
        }
        return words;
    }

    private String changed(String method) {
        switch (method) {
            case "replace" -> {
                return replace();
            }
            case "strip", "lstrip", "rstrip" -> {
                return strip(method);
            }
            default -> arguments.require(method, 0, 0);
        }
        return switch (method) {
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "capitalize" ->
                text.isEmpty()
                        ? text
                        : text.substring(0, 1).toUpperCase(Locale.ROOT)
                                + text.substring(1).toLowerCase(Locale.ROOT);
            case "swapcase" -> cased(false);
            case "title" -> cased(true);
            default -> throw Methods.none("str", method);
        };
    }

    /** Title case (a letter is upper case unless a letter stands before it) or every letter's other case. */
    private String cased(boolean title) {
        StringBuilder changed = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean upper = title ? i == 0 || !isLetter(text.charAt(i - 1)) : isLower(c);
            changed.append(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return changed.toString();
    }

    private String replace() {
        String old = arguments.require("replace", 2, 2).text(0);
        String replacement = arguments.text(1);
        long length = text.length() + (long) occurrences(old) * (replacement.length() - old.length());
        meter.charge(length);
        return text.replace(old, replacement);
    }

    private String strip(String method) {
        arguments.require(method, 0, 1);
        boolean given = arguments.count() == 1 && arguments.at(0) != PythonValue.None.NONE;
        String stripped = given ? arguments.text(0) : WHITE_SPACE;
        int from = 0;
        int to = text.length();
        while (!method.equals("rstrip") && from < to && stripped.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (!method.equals("lstrip") && to > from && stripped.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLetter(int c) {
        return isLower(c) || isUpper(c);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
