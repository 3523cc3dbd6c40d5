package io.retort.inference.tools;

import io.retort.inference.json.JsonValue;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.schemas.JsonSchema.ObjectSchema;
import io.retort.inference.schemas.SchemaException;

/**
 * A tool as the model sees it.
 *
 * @param name of 1 to 64 letters of ASCII, digits, hyphens and underscores
 * @param arguments what an object of its arguments has to match
 */
public record ToolDeclaration(String name, ObjectSchema arguments) {
    private static final int LONGEST_NAME = 64;

    public ToolDeclaration {
        if (!isName(name)) {
            throw new IllegalArgumentException("expected a tool's name of 1 to " + LONGEST_NAME
                    + " letters, digits, hyphens and underscores, found \"" + name + "\"");
        }
    }

    /**
     * A tool whose arguments' schema is given as JSON.
     *
     * @throws SchemaException where it is outside the subset or not one of an object
     */
    public static ToolDeclaration of(String name, JsonValue schema) {
        if (JsonSchema.of(schema) instanceof ObjectSchema arguments) {
            return new ToolDeclaration(name, arguments);
        }
        throw new SchemaException("#: expected the type \"object\" for the arguments of " + name + ", found another");
    }

    private static boolean isName(String name) {
        boolean allowed = !name.isEmpty() && name.length() <= LONGEST_NAME;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            allowed &= c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
        }
        return allowed;
    }
}
