package io.retort.inference.tools;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.schemas.JsonSchema.AnyOfSchema;
import io.retort.inference.schemas.JsonSchema.ArraySchema;
import io.retort.inference.schemas.JsonSchema.EnumSchema;
import io.retort.inference.schemas.JsonSchema.IntegerSchema;
import io.retort.inference.schemas.JsonSchema.NumberSchema;
import io.retort.inference.schemas.JsonSchema.ObjectSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tools on one line each, as the tool-use suite declares them. Stateless, thread-safe. */
final class Signatures {
    private Signatures() {}

    static String of(ToolDeclaration tool) {
        List<String> parameters = new ArrayList<>();
        for (Map.Entry<String, JsonSchema> property :
                tool.arguments().properties().entrySet()) {
            boolean required = tool.arguments().required().contains(property.getKey());
            parameters.add(property.getKey() + (required ? ": " : "?: ") + type(property.getValue()));
        }
        return tool.name() + "(" + String.join(", ", parameters) + ")";
    }

    private static String type(JsonSchema schema) {
        if (schema instanceof EnumSchema choice) {
            return choices(choice);
        }
        if (schema instanceof AnyOfSchema any) {
            Set<String> types = new LinkedHashSet<>();
            any.alternatives().forEach(alternative -> types.add(type(alternative)));
            return String.join("|", types);
        }
        if (schema instanceof ArraySchema array) {
            return "array of " + type(array.items());
        }
        if (schema instanceof ObjectSchema) {
            return "object";
        }
        return schema instanceof IntegerSchema ? "integer" : schema instanceof NumberSchema ? "number" : "string";
    }

    private static String choices(EnumSchema choice) {
        List<String> words = new ArrayList<>();
        for (JsonValue value : choice.values()) {
            words.add(value instanceof JsonString string ? string.value() : JsonWriter.compact(value));
        }
        boolean any = choice.values().equals(List.of(JsonBoolean.TRUE, JsonBoolean.FALSE));
        return any ? "boolean" : String.join("|", words);
    }
}
