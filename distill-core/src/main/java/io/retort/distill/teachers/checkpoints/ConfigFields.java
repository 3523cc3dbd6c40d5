package io.retort.distill.teachers.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;

/**
 * The fields of a config.json, or of an object in it, read by name; what is not as it must be is refused by that name.
 *
 * @param root the object
 */
public record ConfigFields(JsonNode root) {
    /** The largest file that is read as a config. */
    public static final int MOST_BYTES = 16 << 20;

    /** A field that must be an integer. */
    public int integer(String name) {
        JsonNode value = root.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException(name + ": expected an integer, found " + found(value));
        }
        return value.asInt();
    }

    /** A field that is an integer where it is given. */
    public int integer(String name, int otherwise) {
        return root.hasNonNull(name) ? integer(name) : otherwise;
    }

    /** A field that must be an integer, or a list that begins with one, which then counts: {@code eos_token_id} may be so. */
    public int firstInteger(String name) {
        JsonNode first = root.path(name).path(0);
        return first.canConvertToInt() ? first.asInt() : integer(name);
    }

    /** A field that must be a number. */
    public double number(String name) {
        JsonNode value = root.path(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + ": expected a number, found " + found(value));
        }
        return value.asDouble();
    }

    /** A field that is true or false where it is given, and false where not. */
    public boolean flag(String name) {
        return root.path(name).asBoolean(false);
    }

    /**
     * Requires that a field, where it is given, has one of the values that are computed here.
     *
     * @throws InvalidDataException when it has another
     */
    public void expect(String name, String... supported) {
        JsonNode value = root.path(name);
        if (value.isMissingNode()) {
            return;
        }
        for (String one : supported) {
            if (value.asText().equals(one)) {
                return;
            }
        }
        throw new InvalidDataException(
                "config.json: " + name + ": expected " + String.join(" or ", supported) + ", found " + value);
    }

    private static String found(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
