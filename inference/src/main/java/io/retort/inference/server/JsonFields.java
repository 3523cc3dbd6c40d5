package io.retort.inference.server;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNull;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object of JSON in the making, its members in the order in which they are added. */
final class JsonFields {
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    JsonFields with(String name, JsonValue value) {
        members.put(name, value);
        return this;
    }

    JsonFields with(String name, String value) {
        return with(name, new JsonString(value));
    }

    JsonFields with(String name, long value) {
        return with(name, JsonNumber.of(value));
    }

    JsonFields with(String name, List<? extends JsonValue> elements) {
        return with(name, new JsonArray(List.copyOf(elements)));
    }

    JsonFields withNull(String name) {
        return with(name, JsonNull.NULL);
    }

    JsonObject object() {
        return new JsonObject(members);
    }
}
