package io.retort.distill.students;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What settings say of a student besides its family and its budget. Immutable.
 *
 * @param values by the options' names, as they are written
 */
public record StudentOptions(Map<String, String> values) implements Serializable {

    /** No option: a family's own choice of everything. */
    public static final StudentOptions NONE = new StudentOptions(Map.of());

    public StudentOptions {
        values = Map.copyOf(values);
    }

    /** The same and another option. */
    public StudentOptions with(String name, Object value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value.toString());
        return new StudentOptions(more);
    }

    /**
     * An integer.
     *
     * @throws IllegalArgumentException if it is none of {@code least} to {@code most}
     */
    public int integer(String name, int otherwise, int least, int most) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int parsed = Integer.parseInt(value);
            if (parsed >= least && parsed <= most) {
                return parsed;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected(name, least + " to " + most, value), e);
        }
        throw new IllegalArgumentException(expected(name, least + " to " + most, value));
    }

    /**
     * A constant, written in lower case with hyphens.
     *
     * @throws IllegalArgumentException if there is none so written
     */
    public <E extends Enum<E>> E choice(String name, E otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        E[] constants = otherwise.getDeclaringClass().getEnumConstants();
        for (E constant : constants) {
            if (label(constant).equals(value)) {
                return constant;
            }
        }
        String labels = Arrays.stream(constants).map(StudentOptions::label).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(expected(name, labels, value));
    }

    void requireAmong(Set<String> known, String family) {
        for (String name : new TreeSet<>(values.keySet())) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("expected options of the family " + family + ", which are "
                        + new TreeSet<>(known) + ", found " + name);
            }
        }
    }

    private static String expected(String name, String what, String found) {
        return name + ": expected " + what + ", found " + found;
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
