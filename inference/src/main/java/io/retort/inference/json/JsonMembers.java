package io.retort.inference.json;

import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the members of an object whose shape is known; each error is a {@link JsonException} that names the member. */
public final class JsonMembers {
    private final JsonObject object;
    private final String where;

    private JsonMembers(JsonObject object, String where) {
        this.object = object;
        this.where = where;
    }

    /**
     * Returns a reader of {@code value}, which must be an object with exactly the members {@code names}.
     *
     * @param where what the value is, for errors
     */
    public static JsonMembers of(JsonValue value, String where, Set<String> names) {
        if (!(value instanceof JsonObject object)) {
            throw new JsonException("expected an object as " + where);
        }
        if (!object.members().keySet().equals(names)) {
            throw new JsonException("expected the members " + Names.sorted(names) + " of " + where + ", found "
                    + Names.sorted(object.members().keySet()));
        }
        return new JsonMembers(object, where);
    }

    /**
     * Returns a reader of {@code value}, which must be an object with at least the members {@code names}; others are passed over.
     *
     * @param where what the value is, for errors
     */
    public static JsonMembers atLeast(JsonValue value, String where, Set<String> names) {
        if (!(value instanceof JsonObject object)) {
            throw new JsonException("expected an object as " + where);
        }
        if (!object.members().keySet().containsAll(names)) {
            throw new JsonException("expected at least the members " + Names.sorted(names) + " of " + where + ", found "
                    + Names.sorted(object.members().keySet()));
        }
        return new JsonMembers(object, where);
    }

    /** Returns a member of any kind. */
    public JsonValue value(String name) {
        return object.member(name);
    }

    /** Returns a string. */
    public String string(String name) {
        if (object.member(name) instanceof JsonString string) {
            return string.value();
        }
        throw wrong(name, "a string");
    }

    /** Returns an integer of {@code least} to {@code most}, which is below 2^53. */
    public long integer(String name, long least, long most) {
        if (object.member(name) instanceof JsonNumber number) {
            double value = number.doubleValue();
            if (value == Math.rint(value) && value >= least && value <= most) {
                return (long) value;
            }
        }
        throw wrong(name, "an integer of " + least + " to " + most);
    }

    /** Returns a finite number. */
    public double number(String name) {
        if (object.member(name) instanceof JsonNumber number && Math.abs(number.doubleValue()) <= Double.MAX_VALUE) {
            return number.doubleValue();
        }
        throw wrong(name, "a finite number");
    }

    /** Returns the elements of an array of at most {@code most}. */
    public List<JsonValue> array(String name, int most) {
        if (object.member(name) instanceof JsonArray array && array.elements().size() <= most) {
            return array.elements();
        }
        throw wrong(name, "an array of at most " + most);
    }

    /** Returns an array of at most {@code most} strings. */
    public List<String> strings(String name, int most) {
        List<String> strings = new ArrayList<>();
        for (JsonValue element : array(name, most)) {
            if (!(element instanceof JsonString string)) {
                throw wrong(name, "strings");
            }
            strings.add(string.value());
        }
        return strings;
    }

    private JsonException wrong(String name, String expected) {
        return new JsonException("expected " + expected + " as \"" + name + "\" of " + where);
    }
}
