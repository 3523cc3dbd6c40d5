package io.retort.inference.schemas;

import io.retort.inference.json.JsonBounds;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNull;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.schemas.JsonSchema.AnyOfSchema;
import io.retort.inference.schemas.JsonSchema.ArraySchema;
import io.retort.inference.schemas.JsonSchema.EnumSchema;
import io.retort.inference.schemas.JsonSchema.NumberSchema;
import io.retort.inference.schemas.JsonSchema.ObjectSchema;
import io.retort.inference.schemas.JsonSchema.OtherMembers;
import io.retort.inference.schemas.JsonSchema.StringSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one schema and refuses what is outside the subset. For one thread. */
final class SchemaReader {
    /** Of a schema's text. */
    static final JsonBounds BOUNDS = new JsonBounds(1 << 20, 64);

    private static final int MOST_PROPERTIES = 256;
    private static final int MOST_CHOICES = 1024;

    /** Of a whole schema: what a constraint of it takes is in proportion to them. */
    private static final int MOST_PROPERTIES_IN_ALL = 4096;

    private static final int MOST_SCHEMAS_IN_ALL = 8192;

    private int propertiesInAll;
    private int schemasInAll;

    private SchemaReader() {}

    static JsonSchema read(JsonValue json) {
        if (!BOUNDS.hold(json)) {
            throw SchemaException.at(
                    Pointer.ROOT,
                    "arrays and objects nested at most " + BOUNDS.maxDepth() + " deep",
                    "some nested deeper");
        }
        return new SchemaReader().read(json, Pointer.ROOT);
    }

    private JsonSchema read(JsonValue json, Pointer where) {
        if (++schemasInAll > MOST_SCHEMAS_IN_ALL) {
            throw SchemaException.at(
                    where, "at most " + MOST_SCHEMAS_IN_ALL + " schemas in the whole schema", "one more");
        }
        Keywords keywords = Keywords.of(json, where);
        if (keywords.has("anyOf")) {
            keywords.requireAlone("anyOf");
            return new AnyOfSchema(schemas(keywords));
        }
        boolean listed = keywords.has("enum") || keywords.has("const");
        if (!keywords.has("type")) {
            if (listed) {
                keywords.requireOnly(Set.of("enum", "const"), "a \"type\" beside them");
                return listed(keywords, List.of());
            }
            throw SchemaException.at(where, "a \"type\", \"enum\", \"const\" or \"anyOf\"", keywords.names());
        }
        List<JsonSchema> types = new ArrayList<>();
        Set<String> names = types(keywords);
        for (String type : names) {
            types.add(ofType(type, keywords));
        }
        keywords.requireUseful(names);
        if (listed) {
            return listed(keywords, types);
        }
        return types.size() == 1 ? types.get(0) : new AnyOfSchema(types);
    }

    private List<JsonSchema> schemas(Keywords keywords) {
        List<JsonSchema> schemas = new ArrayList<>();
        List<JsonValue> elements = keywords.array("anyOf", MOST_CHOICES);
        for (int i = 0; i < elements.size(); i++) {
            schemas.add(read(elements.get(i), keywords.where("anyOf").element(i)));
        }
        return schemas;
    }

    private static Set<String> types(Keywords keywords) {
        Pointer where = keywords.where("type");
        JsonValue value = keywords.value("type");
        List<JsonValue> elements = value instanceof JsonArray ? keywords.array("type", MOST_CHOICES) : List.of(value);
        Set<String> types = new LinkedHashSet<>();
        for (JsonValue element : elements) {
            if (!(element instanceof JsonString type) || !types.add(type.value())) {
                throw SchemaException.at(where, "a type or a list of different types", Keywords.quoted(value));
            }
        }
        return types;
    }

    private JsonSchema ofType(String type, Keywords keywords) {
        return switch (type) {
            case "object" -> object(keywords);
            case "array" -> array(keywords);
            case "string" -> new StringSchema(keywords.size("minLength", 0), keywords.most("minLength", "maxLength"));
            case "integer" -> keywords.integer();
            case "number" -> number(keywords);
            case "boolean" -> new EnumSchema(List.of(JsonBoolean.TRUE, JsonBoolean.FALSE));
            case "null" -> new EnumSchema(List.of(JsonNull.NULL));
            default ->
                throw SchemaException.at(
                        keywords.where("type"),
                        "one of object, array, string, number, integer, boolean and null",
                        "\"" + type + "\"");
        };
    }

    private static JsonSchema number(Keywords keywords) {
        for (String bound : Keywords.BOUNDS_OF_INTEGERS) {
            if (keywords.has(bound)) {
                throw SchemaException.at(
                        keywords.where(bound), "no bound of a \"number\" (only of an \"integer\")", "one");
            }
        }
        return new NumberSchema();
    }

    private JsonSchema array(Keywords keywords) {
        if (!keywords.has("items")) {
            throw SchemaException.at(keywords.where(), "\"items\" of an array", keywords.names());
        }
        return new ArraySchema(
                read(keywords.value("items"), keywords.where("items")),
                keywords.size("minItems", 0),
                keywords.most("minItems", "maxItems"));
    }

    private JsonSchema object(Keywords keywords) {
        Map<String, JsonSchema> properties = keywords.has("properties") ? properties(keywords) : Map.of();
        Set<String> required = keywords.has("required") ? required(keywords, properties.keySet()) : Set.of();
        OtherMembers others = OtherMembers.ALLOWED;
        if (keywords.has("additionalProperties")) {
            if (!(keywords.value("additionalProperties") instanceof JsonBoolean allowed)) {
                throw SchemaException.at(keywords.where("additionalProperties"), "true or false", "a schema");
            }
            others = allowed == JsonBoolean.TRUE ? OtherMembers.ALLOWED : OtherMembers.REFUSED;
        }
        return new ObjectSchema(properties, required, others);
    }

    private Map<String, JsonSchema> properties(Keywords keywords) {
        Map<String, JsonValue> members = keywords.object("properties").members();
        Pointer where = keywords.where("properties");
        if (members.size() > MOST_PROPERTIES) {
            throw SchemaException.at(where, "at most " + MOST_PROPERTIES + " properties", "" + members.size());
        }
        propertiesInAll += members.size();
        if (propertiesInAll > MOST_PROPERTIES_IN_ALL) {
            throw SchemaException.at(
                    where,
                    "at most " + MOST_PROPERTIES_IN_ALL + " properties in the whole schema",
                    "" + propertiesInAll + " up to here");
        }
        Map<String, JsonSchema> properties = new LinkedHashMap<>();
        members.forEach((name, schema) -> properties.put(name, read(schema, where.member(name))));
        return properties;
    }

    private static Set<String> required(Keywords keywords, Set<String> properties) {
        Set<String> required = new LinkedHashSet<>();
        for (JsonValue element : keywords.array("required", MOST_PROPERTIES)) {
            if (!(element instanceof JsonString name) || !properties.contains(name.value())) {
                throw SchemaException.at(
                        keywords.where("required"), "names of " + properties, Keywords.quoted(element));
            }
            required.add(name.value());
        }
        return required;
    }

    /** The listed values that match one of {@code types} where there are any. */
    private static JsonSchema listed(Keywords keywords, List<JsonSchema> types) {
        List<JsonValue> values = new ArrayList<>();
        if (keywords.has("enum")) {
            values.addAll(keywords.array("enum", MOST_CHOICES));
        }
        if (keywords.has("const")) {
            EnumSchema choice = new EnumSchema(values.isEmpty() ? List.of(keywords.value("const")) : values);
            if (choice.violation(keywords.value("const")).isPresent()) {
                throw SchemaException.at(keywords.where("const"), "one of the values of \"enum\"", "another");
            }
            values.clear();
            values.add(keywords.value("const"));
        }
        if (!types.isEmpty()) {
            JsonSchema any = new AnyOfSchema(types);
            values.removeIf(value -> any.violation(value).isPresent());
        }
        if (values.isEmpty()) {
            throw SchemaException.at(keywords.where(), "a listed value that matches what stands beside it", "none");
        }
        return new EnumSchema(values);
    }
}
