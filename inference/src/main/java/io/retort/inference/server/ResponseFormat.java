package io.retort.inference.server;

import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.json.JsonValue;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.schemas.SchemaException;

/** What an answer may be, as {@code response_format} says it. */
final class ResponseFormat {
    private static final String NAME = "response_format";

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
}
