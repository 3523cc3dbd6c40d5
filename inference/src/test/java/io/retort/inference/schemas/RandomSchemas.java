package io.retort.inference.schemas;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNull;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Schemas with every keyword of the subset, drawn from a seed. */
final class RandomSchemas {
    private static final List<String> NAMES =
            List.of("a", "ab", "b", "", "\"q\"", "back\\slash", "é", "日本", "line\nfeed", "😀", "a/b~c", "name");

    private final Random random;

    RandomSchemas(long seed) {
        random = new Random(seed);
    }

    JsonObject next(int depth) {
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        switch (random.nextInt(depth > 0 ? 11 : 7)) {
            case 0 -> sized(schema, "string", "Length", 6);
            case 1 -> integer(schema);
            case 2 -> type(schema, "number");
            case 3 -> type(schema, random.nextBoolean() ? "boolean" : "null");
            case 4 -> schema.put("const", value(2));
            case 5 -> schema.put("enum", new JsonArray(values(1 + random.nextInt(4), 1)));
            case 6 -> {
                schema.put("type", new JsonArray(List.of(new JsonString("integer"), new JsonString("null"))));
                schema.put("minimum", JsonNumber.of(random.nextInt(2000) - 1000));
            }
            case 7 -> {
                sized(schema, "array", "Items", 4);
                schema.put("items", next(depth - 1));
            }
            case 8 -> schema.put("anyOf", new JsonArray(List.of(next(depth - 1), next(depth - 1), next(0))));
            default -> object(schema, depth);
        }
        return new JsonObject(schema);
    }

    private void type(Map<String, JsonValue> schema, String type) {
        schema.put("type", new JsonString(type));
    }

    private void sized(Map<String, JsonValue> schema, String type, String unit, int most) {
        type(schema, type);
        int least = random.nextInt(most);
        if (random.nextBoolean()) {
            schema.put("min" + unit, JsonNumber.of(least));
        }
        if (random.nextBoolean()) {
            schema.put("max" + unit, JsonNumber.of(least + random.nextInt(3)));
        }
    }

    private void integer(Map<String, JsonValue> schema) {
        type(schema, "integer");
        long scale = (long) Math.pow(10, random.nextInt(15));
        long least = (long) ((random.nextDouble() - .5) * 2 * scale);
        if (random.nextBoolean()) {
            schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", JsonNumber.of(least));
        }
        if (random.nextBoolean()) {
            schema.put(
                    random.nextBoolean() ? "maximum" : "exclusiveMaximum",
                    JsonNumber.of(least + 2 + random.nextInt(50)));
        }
    }

    private void object(Map<String, JsonValue> schema, int depth) {
        type(schema, "object");
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        List<JsonValue> required = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            if (properties.put(name, next(depth - 1)) == null && random.nextBoolean()) {
                required.add(new JsonString(name));
            }
        }
        if (!properties.isEmpty() || random.nextBoolean()) {
            schema.put("properties", new JsonObject(properties));
            schema.put("required", new JsonArray(required));
        }
        schema.put("additionalProperties", random.nextInt(3) > 0 ? JsonBoolean.FALSE : JsonBoolean.TRUE);
    }

    private List<JsonValue> values(int count, int depth) {
        List<JsonValue> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(depth));
        }
        return values;
    }

    JsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.TRUE;
            case 2 -> JsonNumber.of(random.nextInt(300) - 100);
            case 3 -> JsonNumber.of(random.nextInt(3000) / 8.0);
            case 4 -> new JsonString(NAMES.get(random.nextInt(NAMES.size())));
            case 5 -> new JsonArray(values(random.nextInt(3), depth - 1));
            default -> new JsonObject(Map.of("k", value(depth - 1)));
        };
    }
}
