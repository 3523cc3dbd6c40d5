package io.retort.inference.server;

import io.retort.inference.json.JsonBounds;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNull;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The members of a request, all of which may be left out or null; each error names the member. */
final class RequestFields {
    private static final int MAX_DEPTH = 16;

    private final JsonObject object;

    private RequestFields(JsonObject object) {
        this.object = object;
    }

    /** Reads a body. */
    static RequestFields of(byte[] body) {
        try {
            JsonBounds bounds = new JsonBounds(Math.max(1, body.length), MAX_DEPTH);
            if (JsonParser.parse(body, bounds) instanceof JsonObject object) {
                return new RequestFields(object);
            }
        } catch (JsonException e) {
            throw ApiException.of(400, "the body is no JSON: " + e.getMessage());
        }
        throw ApiException.of(400, "expected an object as the body, found another JSON value");
    }

    static RequestFields of(JsonObject object) {
        return new RequestFields(object);
    }

    /** Returns a member that is neither left out nor null. */
    Optional<JsonValue> value(String name) {
        JsonValue value = object.members().get(name);
        return value == null || value == JsonNull.NULL ? Optional.empty() : Optional.of(value);
    }

    String text(String name, String otherwise) {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof JsonString string) {
            return string.value();
        }
        throw ApiException.invalid(name, "expected a string as " + name + ", found another JSON value");
    }

    double number(String name, double otherwise) {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof JsonNumber number) {
            return number.doubleValue();
        }
        throw ApiException.invalid(name, "expected a number as " + name + ", found another JSON value");
    }

    long integer(String name, long otherwise, long least, long most) {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof JsonNumber number) {
            double found = number.doubleValue();
            if (found == Math.rint(found) && found >= least && found <= most) {
                return (long) found;
            }
        }
        throw ApiException.invalid(name, "expected an integer of " + least + " to " + most + " as " + name);
    }

    /** Returns whether a member that is true or false is true; it is false where it is left out. */
    boolean isTrue(String name) {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty() || value.get() instanceof JsonBoolean) {
            return value.isPresent() && value.get() == JsonBoolean.TRUE;
        }
        throw ApiException.invalid(name, "expected true or false as " + name + ", found another JSON value");
    }

    /** Returns the elements of an array of at most {@code most}; none where it is left out. */
    List<JsonValue> array(String name, int most) {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof JsonArray array && array.elements().size() <= most) {
            return array.elements();
        }
        throw ApiException.invalid(name, "expected an array of at most " + most + " as " + name);
    }

    /** Returns a string or an array of at most {@code most} strings as a list. */
    List<String> texts(String name, int most) {
        if (value(name).orElse(JsonNull.NULL) instanceof JsonString string) {
            return List.of(string.value());
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue element : array(name, most)) {
            if (!(element instanceof JsonString string)) {
                throw ApiException.invalid(name, "expected strings as " + name + ", found another JSON value");
            }
            texts.add(string.value());
        }
        return texts;
    }

    RequestFields object(String name) {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            return new RequestFields(new JsonFields().object());
        }
        if (value.get() instanceof JsonObject inner) {
            return new RequestFields(inner);
        }
        throw ApiException.invalid(name, "expected an object as " + name + ", found another JSON value");
    }
}
