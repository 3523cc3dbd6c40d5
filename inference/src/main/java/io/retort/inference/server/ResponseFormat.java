package io.retort.inference.server;

import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.schemas.SchemaException;

/** What an answer may be, as {@code response_format} says it. */
final class ResponseFormat {
    private static final String NAME = "response_format";

    /** Of a schema as JSON without white space: what is made of it takes many times as much. */
    private static final int MOST_SCHEMA_CHARACTERS = 64 << 10;
    /** Properties of all objects of a schema: after each any later one may come, so that they count squared. */
    private static final int MOST_PROPERTIES = 512;

    private ResponseFormat() {}

    /**
     * Reads {@code {"type": "text"}}, or {@code {"type": "json_schema", "json_schema": {"schema": …}}} whose other members, such as
     * {@code name} and {@code strict}, change nothing: an answer always matches.
     *
     * @param maxBytes of the answer, which have to have room for the shortest
     */
    static ByteConstraint of(RequestFields fields, int maxBytes) {
        RequestFields format = fields.object(NAME);
        String type = format.text("type", "text");
        if (type.equals("text")) {
            return ByteConstraint.NONE;
        }
        if (!type.equals("json_schema")) {
            throw ApiException.invalid(NAME, "expected a " + NAME + " of type text or json_schema, found " + type);
        }
        JsonValue schema = format.object("json_schema")
                .value("schema")
                .orElseThrow(() -> ApiException.invalid(NAME, "expected a schema in json_schema, found none"));
        requireSmall(schema);
        ByteConstraint constraint;
        try {
            constraint = JsonSchema.of(schema).constraint();
        } catch (SchemaException e) {
            throw ApiException.invalid(NAME, String.valueOf(e.getMessage()));
        }
        int shortest = constraint.start().shortest();
        if (shortest > maxBytes) {
            throw ApiException.invalid(
                    NAME,
                    "expected room for at least " + shortest
                            + " bytes, the shortest answer that matches the schema, found " + maxBytes);
        }
        return constraint;
    }

    private static void requireSmall(JsonValue schema) {
        int characters = JsonWriter.compact(schema).length();
        if (characters > MOST_SCHEMA_CHARACTERS) {
            throw ApiException.invalid(
                    NAME,
                    "expected a schema of at most " + MOST_SCHEMA_CHARACTERS + " characters, found " + characters);
        }
        int properties = properties(schema);
        if (properties > MOST_PROPERTIES) {
            throw ApiException.invalid(
                    NAME,
                    "expected a schema of at most " + MOST_PROPERTIES + " properties in all, found " + properties);
        }
    }

    /** Bodies nest no deeper than their reader lets them. */
    private static int properties(JsonValue value) {
        int count = 0;
        if (value instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                count += properties(element);
            }
        } else if (value instanceof JsonObject object) {
            if (object.members().get("properties") instanceof JsonObject named) {
                count += named.members().size();
            }
            for (JsonValue member : object.members().values()) {
                count += properties(member);
            }
        }
        return count;
    }
}
