package io.retort.datasets.suites;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signature of one tool, written on one line of a prompt as {@code name(city: string, days?: integer, unit: c|f)}.
 * A question mark after a parameter's name makes it optional; a type is {@code string}, {@code integer} or the list of
 * the allowed words.
 *
 * @param name the tool's name
 * @param parameters in the order written, names unique
 */
record ToolSchema(String name, List<Parameter> parameters) {

    private static final Pattern LINE = Pattern.compile("([a-z_]+)\\(([^()]*)\\)");
    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)(\\??): ([a-z]+(?:\\|[a-z]+)*)");

    enum Type {
        STRING,
        INTEGER,
        CHOICE
    }

    enum Presence {
        REQUIRED,
        OPTIONAL
    }

    /**
     * One parameter.
     *
     * @param choices the allowed words of a CHOICE, empty otherwise
     */
    record Parameter(String name, Presence presence, Type type, List<String> choices) {

        Parameter {
            choices = List.copyOf(choices);
            if ((type == Type.CHOICE) == choices.isEmpty()) {
                throw new IllegalArgumentException("expected choices for a CHOICE and none otherwise, found " + choices
                        + " for " + type + " of parameter " + name);
            }
        }

        private String text() {
            String typeText = type == Type.CHOICE
                    ? String.join("|", choices)
                    : type.name().toLowerCase(Locale.ROOT);
            return name + (presence == Presence.OPTIONAL ? "?: " : ": ") + typeText;
        }
    }

    ToolSchema {
        parameters = List.copyOf(parameters);
        Set<String> names = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException(
                        "tool " + name + " has the parameter " + parameter.name() + " twice");
            }
        }
    }

    /** The one-line form. */
    String text() {
        List<String> parts = new ArrayList<>();
        for (Parameter parameter : parameters) {
            parts.add(parameter.text());
        }
        return name + "(" + String.join(", ", parts) + ")";
    }

    /**
     * Reads the one-line form.
     *
     * @throws IllegalArgumentException if the line is of another form
     */
    static ToolSchema parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected name(parameter: type, ...), found '" + line + "'");
        }
        List<Parameter> parameters = new ArrayList<>();
        if (!matcher.group(2).isEmpty()) {
            for (String part : matcher.group(2).split(", ", -1)) {
                parameters.add(parameter(part, line));
            }
        }
        return new ToolSchema(matcher.group(1), parameters);
    }

    private static Parameter parameter(String part, String line) {
        Matcher matcher = PARAMETER.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected parameter: type, found '" + part + "' in '" + line + "'");
        }
        Presence presence = matcher.group(2).isEmpty() ? Presence.REQUIRED : Presence.OPTIONAL;
        String type = matcher.group(3);
        return switch (type) {
            case "string" -> new Parameter(matcher.group(1), presence, Type.STRING, List.of());
            case "integer" -> new Parameter(matcher.group(1), presence, Type.INTEGER, List.of());
            default -> new Parameter(matcher.group(1), presence, Type.CHOICE, List.of(type.split("\\|", -1)));
        };
    }
}
