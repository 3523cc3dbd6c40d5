package io.retort.jobs.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Enum constants as they are written in settings: lower case with hyphens. */
public final class Choices {
    private Choices() {}

    /**
     * The constant that a setting names.
     *
     * @throws InvalidSettingException if there is none, naming the key and those there are
     */
    public static <E extends Enum<E>> E of(Class<E> type, String key, String value) {
        for (E constant : type.getEnumConstants()) {
            if (label(constant).equals(value)) {
                return constant;
            }
        }
        List<String> labels =
                Arrays.stream(type.getEnumConstants()).map(Choices::label).toList();
        throw new InvalidSettingException(
                "expected " + key + " to be one of " + String.join(", ", labels) + ", found \"" + value + "\"");
    }

    /** How a constant is written. */
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
