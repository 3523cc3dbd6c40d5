package io.retort.inference.bundles;

import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * The version of the bundle format. A reader opens every bundle of its own major version: a newer minor one only adds members that may
 * be passed over. Another major version is another format.
 */
public record FormatVersion(int major, int minor) {
    private static final int MAX_DIGITS = 6;

    public FormatVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("expected numbers of at least 0, found " + major + " and " + minor);
        }
    }

    /**
     * Returns what the member formatVersion says: a string such as "1.2", or an integer, which is a major version with a minor of 0.
     *
     * @throws JsonException where it says nothing of the kind
     */
    static FormatVersion read(@Nullable JsonValue value) {
        if (value instanceof JsonNumber number && isNumber(number.text())) {
            return new FormatVersion(Integer.parseInt(number.text()), 0);
        }
        if (value instanceof JsonString string) {
            String text = string.value();
            int point = text.indexOf('.');
            if (point > 0 && isNumber(text.substring(0, point)) && isNumber(text.substring(point + 1))) {
                return new FormatVersion(
                        Integer.parseInt(text.substring(0, point)), Integer.parseInt(text.substring(point + 1)));
            }
        }
        throw new JsonException("expected 1 or a string such as \"1.2\" as formatVersion, found another value");
    }

    /** Returns the member: an integer where the minor version is 0, as it was before there were minor versions. */
    JsonValue toJson() {
        return minor == 0 ? JsonNumber.of((long) major) : new JsonString(toString());
    }

    /** Returns whether a reader of {@code this} may meet members that it does not know in a bundle of {@code other}. */
    boolean isOlderMinorThan(FormatVersion other) {
        return major == other.major && minor < other.minor;
    }

    /** Digits without a leading zero. */
    private static boolean isNumber(String text) {
        boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS;
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits && (text.length() == 1 || text.charAt(0) != '0');
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
