package io.retort.inference.tools.blocking;

import io.retort.inference.json.JsonParser;
import io.retort.inference.tools.ToolDeclaration;
import java.nio.charset.StandardCharsets;

/** A tool that is declared and can be run. */
public record Tool(ToolDeclaration declaration, ToolHandler handler) {
    /**
     * A tool whose arguments' schema is given as text.
     *
     * @throws io.retort.inference.json.JsonException where it is no JSON
     * @throws io.retort.inference.schemas.SchemaException where it is outside the subset or not one of an object
     */
    public static Tool of(String name, String schema, ToolHandler handler) {
        return new Tool(ToolDeclaration.of(name, JsonParser.parse(schema.getBytes(StandardCharsets.UTF_8))), handler);
    }
}
