package io.retort.inference.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A JSON value (RFC 8259). Immutable. */
public sealed interface JsonValue {
    /** Members in the order in which they were written, names unique. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /**
         * Returns the member called {@code name}.
         *
         * @throws JsonException where there is none
         */
        public JsonValue member(String name) {
            JsonValue value = members.get(name);
            if (value == null) {
                throw new JsonException("expected a member \"" + name + "\", found " + members.keySet());
            }
            return value;
        }
    }

    /** Elements in order. */
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = Collections.unmodifiableList(new ArrayList<>(elements));
        }
    }

    /** A string without its quotes and escapes. */
    record JsonString(String value) implements JsonValue {
        public JsonString {
            Objects.requireNonNull(value, "value");
        }
    }

    /** A number as its text, so that no digit is lost. */
    record JsonNumber(String text) implements JsonValue {
        public JsonNumber {
            JsonNumbers.requireNumber(text);
        }

        /** An integer. */
        public static JsonNumber of(long value) {
            return new JsonNumber(Long.toString(value));
        }

        /** A finite number; integers that a double holds exactly are written without a fraction. */
        public static JsonNumber of(double value) {
            return new JsonNumber(JsonNumbers.text(value));
        }

        /** Returns the nearest double. */
        public double doubleValue() {
            return Double.parseDouble(text);
        }
    }

    /** True or false. */
    enum JsonBoolean implements JsonValue {
        TRUE,
        FALSE
    }

    /** The null literal. */
    enum JsonNull implements JsonValue {
        NULL
    }
}
