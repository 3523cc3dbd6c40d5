package io.retort.inference.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words behind a command's name. {@code --name value} and {@code --name=value} are the same; behind {@code --} all
 * words are operands.
 *
 * @param options values by name without hyphens; empty for a flag
 * @param operands all other words, in order
 */
record Arguments(Map<String, String> options, List<String> operands) {
    /** Splits {@code words}; options outside the two sets are refused. */
    static Arguments parse(List<String> words, Set<String> valued, Set<String> flags) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (!word.startsWith("--")) {
                operands.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            if (valued.contains(name) && equals < 0) {
                if (++i == words.size()) {
                    throw new UsageException("expected a value behind --" + name + ", found nothing");
                }
                value = words.get(i);
            } else if (!valued.contains(name) && (!flags.contains(name) || equals >= 0)) {
                Set<String> known = new TreeSet<>(valued);
                known.addAll(flags);
                throw new UsageException("expected one of the options " + known + ", found " + word);
            }
            if (options.put(name, value) != null) {
                throw new UsageException("expected --" + name + " once, found it twice");
            }
        }
        return new Arguments(options, operands);
    }

    String required(String name) {
        String value = options.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new UsageException("expected --" + name + ", found none");
        }
        return value;
    }

    /** The bundle of a command that has no other operand: {@code DIR} or {@code --bundle DIR}. */
    Path bundle() {
        if (has("bundle") && operands.isEmpty()) {
            return path(required("bundle"));
        }
        if (has("bundle") || operands.size() != 1) {
            throw new UsageException(
                    "expected one bundle's directory, found " + (operands.size() + (has("bundle") ? 1 : 0)));
        }
        return path(operands.get(0));
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("expected a path, found \"" + text + "\"", e);
        }
    }

    boolean has(String name) {
        return options.containsKey(name);
    }

    int integer(String name, int otherwise, int least, int most) {
        if (!has(name)) {
            return otherwise;
        }
        String text = required(name);
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below together with numbers out of range.
        }
        throw new UsageException("expected --" + name + " of " + least + " to " + most + ", found " + text);
    }

    double number(String name, double otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        String text = required(name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UsageException("expected a number behind --" + name + ", found " + text, e);
        }
    }
}
