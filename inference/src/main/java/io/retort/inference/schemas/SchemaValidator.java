package io.retort.inference.schemas;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.schemas.JsonSchema.AnyOfSchema;
import io.retort.inference.schemas.JsonSchema.ArraySchema;
import io.retort.inference.schemas.JsonSchema.EnumSchema;
import io.retort.inference.schemas.JsonSchema.IntegerSchema;
import io.retort.inference.schemas.JsonSchema.NumberSchema;
import io.retort.inference.schemas.JsonSchema.ObjectSchema;
import io.retort.inference.schemas.JsonSchema.OtherMembers;
import io.retort.inference.schemas.JsonSchema.StringSchema;
import java.util.Map;
import java.util.Optional;

/** Says whether values match. Stateless, thread-safe. */
final class SchemaValidator {
    private static final int LONGEST_QUOTE = 60;

    private SchemaValidator() {}

    static Optional<Violation> violation(JsonSchema schema, JsonValue value) {
        return violation(schema, value, Pointer.ROOT);
    }

    private static Optional<Violation> violation(JsonSchema schema, JsonValue value, Pointer where) {
        if (schema instanceof ObjectSchema object) {
            return value instanceof JsonObject found
                    ? ofObject(object, found, where)
                    : wrong(where, "an object", value);
        }
        if (schema instanceof ArraySchema array) {
            return value instanceof JsonArray found ? ofArray(array, found, where) : wrong(where, "an array", value);
        }
        if (schema instanceof StringSchema string) {
            return ofString(string, value, where);
        }
        if (schema instanceof IntegerSchema integer) {
            return ofInteger(integer, value, where);
        }
        if (schema instanceof NumberSchema) {
            return value instanceof JsonNumber ? Optional.empty() : wrong(where, "a number", value);
        }
        if (schema instanceof EnumSchema choice) {
            return ofEnum(choice, value, where);
        }
        return ofAny((AnyOfSchema) schema, value, where);
    }

    private static Optional<Violation> ofObject(ObjectSchema schema, JsonObject value, Pointer where) {
        for (String name : schema.properties().keySet()) {
            if (schema.required().contains(name) && !value.members().containsKey(name)) {
                return Optional.of(new Violation(
                        where.text(),
                        "expected a member \"" + name + "\", found "
                                + value.members().keySet()));
            }
        }
        for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
            JsonSchema property = schema.properties().get(member.getKey());
            Optional<Violation> violation = Optional.empty();
            if (property != null) {
                violation = violation(property, member.getValue(), where.member(member.getKey()));
            } else if (schema.others() == OtherMembers.REFUSED) {
                violation = Optional.of(new Violation(
                        where.text(),
                        "expected members of " + schema.properties().keySet() + " only, found \"" + member.getKey()
                                + "\""));
            }
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> ofArray(ArraySchema schema, JsonArray value, Pointer where) {
        int size = value.elements().size();
        if (size < schema.least() || size > schema.most()) {
            return Optional.of(new Violation(
                    where.text(), "expected " + range(schema.least(), schema.most()) + " elements, found " + size));
        }
        for (int i = 0; i < size; i++) {
            Optional<Violation> violation =
                    violation(schema.items(), value.elements().get(i), where.element(i));
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> ofString(StringSchema schema, JsonValue value, Pointer where) {
        if (!(value instanceof JsonString string)) {
            return wrong(where, "a string", value);
        }
        int length = string.value().codePointCount(0, string.value().length());
        return length >= schema.least() && length <= schema.most()
                ? Optional.empty()
                : Optional.of(new Violation(
                        where.text(),
                        "expected a string of " + range(schema.least(), schema.most()) + " characters, found "
                                + length));
    }

    private static Optional<Violation> ofInteger(IntegerSchema schema, JsonValue value, Pointer where) {
        if (value instanceof JsonNumber number) {
            Decimal decimal = Decimal.of(number.text());
            if (decimal.isInteger() && decimal.integer() >= schema.least() && decimal.integer() <= schema.most()) {
                return Optional.empty();
            }
        }
        return wrong(where, "an integer of " + schema.least() + " to " + schema.most(), value);
    }

    private static Optional<Violation> ofEnum(EnumSchema schema, JsonValue value, Pointer where) {
        for (JsonValue allowed : schema.values()) {
            if (equal(allowed, value)) {
                return Optional.empty();
            }
        }
        StringBuilder choices = new StringBuilder();
        for (JsonValue allowed : schema.values()) {
            choices.append(choices.length() == 0 ? "" : ", ").append(JsonWriter.compact(allowed));
        }
        return wrong(where, schema.values().size() == 1 ? choices.toString() : "one of " + choices, value);
    }

    private static Optional<Violation> ofAny(AnyOfSchema schema, JsonValue value, Pointer where) {
        StringBuilder reasons = new StringBuilder();
        for (JsonSchema alternative : schema.alternatives()) {
            Optional<Violation> violation = violation(alternative, value, where);
            if (violation.isEmpty()) {
                return violation;
            }
            reasons.append(reasons.length() == 0 ? "" : "; or ").append(violation.get());
        }
        return Optional.of(new Violation(where.text(), "expected one of several alternatives, but " + reasons));
    }

    /** As JSON Schema compares: numbers by their value, members without order. */
    private static boolean equal(JsonValue a, JsonValue b) {
        if (a instanceof JsonNumber first && b instanceof JsonNumber second) {
            return Decimal.of(first.text()).equals(Decimal.of(second.text()));
        }
        if (a instanceof JsonArray first && b instanceof JsonArray second) {
            boolean equal = first.elements().size() == second.elements().size();
            for (int i = 0; equal && i < first.elements().size(); i++) {
                equal = equal(first.elements().get(i), second.elements().get(i));
            }
            return equal;
        }
        if (a instanceof JsonObject first && b instanceof JsonObject second) {
            boolean equal = first.members().keySet().equals(second.members().keySet());
            for (Map.Entry<String, JsonValue> member : first.members().entrySet()) {
                equal = equal && equal(member.getValue(), second.member(member.getKey()));
            }
            return equal;
        }
        return a.equals(b);
    }

    private static String range(int least, int most) {
        return most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
    }

    private static Optional<Violation> wrong(Pointer where, String expected, JsonValue found) {
        String text = JsonWriter.compact(found);
        String quote = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        return Optional.of(new Violation(where.text(), "expected " + expected + ", found " + quote));
    }
}
