package io.retort.inference.schemas;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.schemas.JsonSchema.IntegerSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keywords of one schema object, all of them known, and what they say. */
final class Keywords {
    /** Which are read as bounds of an integer. */
    static final Set<String> BOUNDS_OF_INTEGERS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    /** Assertions by the type that they speak of. */
    private static final Map<String, Set<String>> ASSERTIONS = Map.of(
            "object", Set.of("properties", "required", "additionalProperties"),
            "array", Set.of("items", "minItems", "maxItems"),
            "string", Set.of("minLength", "maxLength"),
            "integer", BOUNDS_OF_INTEGERS,
            "number", BOUNDS_OF_INTEGERS);

    private static final Set<String> ALWAYS = Set.of("type", "enum", "const", "anyOf");

    /** Say something to people, nothing about values. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$id",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly");

    /** The largest of the sizes that bound strings and arrays. */
    private static final int LARGEST_SIZE = 1_000_000;

    private final Pointer where;
    private final JsonObject object;

    private Keywords(Pointer where, JsonObject object) {
        this.where = where;
        this.object = object;
    }

    static Keywords of(JsonValue json, Pointer where) {
        if (!(json instanceof JsonObject object)) {
            throw SchemaException.at(where, "an object as a schema", quoted(json));
        }
        Set<String> known = new TreeSet<>(ALWAYS);
        ASSERTIONS.values().forEach(known::addAll);
        for (String name : object.members().keySet()) {
            if (!known.contains(name) && !ANNOTATIONS.contains(name)) {
                throw SchemaException.at(where.member(name), "one of the keywords " + known, "\"" + name + "\"");
            }
        }
        return new Keywords(where, object);
    }

    boolean has(String name) {
        return object.members().containsKey(name);
    }

    JsonValue value(String name) {
        return object.member(name);
    }

    Pointer where() {
        return where;
    }

    Pointer where(String name) {
        return where.member(name);
    }

    /** What is there but for annotations, for messages. */
    String names() {
        Set<String> names = new TreeSet<>(object.members().keySet());
        names.removeAll(ANNOTATIONS);
        return names.isEmpty() ? "none" : names.toString();
    }

    void requireAlone(String name) {
        requireOnly(Set.of(name), "nothing beside \"" + name + "\"");
    }

    void requireOnly(Set<String> allowed, String expected) {
        for (String name : object.members().keySet()) {
            if (!allowed.contains(name) && !ANNOTATIONS.contains(name)) {
                throw SchemaException.at(where(name), expected, "\"" + name + "\"");
            }
        }
    }

    /** Refuses what speaks of none of the types: by the standard it has no effect, so it is a slip. */
    void requireUseful(Set<String> types) {
        Set<String> useful = new TreeSet<>(ALWAYS);
        for (String type : types) {
            useful.addAll(ASSERTIONS.getOrDefault(type, Set.of()));
        }
        requireOnly(useful, "a keyword for the type " + String.join(", ", types));
    }

    JsonObject object(String name) {
        if (value(name) instanceof JsonObject found) {
            return found;
        }
        throw SchemaException.at(where(name), "an object", quoted(value(name)));
    }

    /** Returns the elements of an array of 1 to {@code most}; one of {@code required} may be empty. */
    List<JsonValue> array(String name, int most) {
        if (value(name) instanceof JsonArray found
                && found.elements().size() <= most
                && (name.equals("required") || !found.elements().isEmpty())) {
            return found.elements();
        }
        throw SchemaException.at(where(name), "an array of at most " + most + ", not empty", quoted(value(name)));
    }

    /** Returns a size, {@code otherwise} where there is none. */
    int size(String name, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (value(name) instanceof JsonNumber number) {
            Decimal size = Decimal.of(number.text());
            if (size.isInteger() && size.integer() >= 0 && size.integer() <= LARGEST_SIZE) {
                return (int) size.integer();
            }
        }
        throw SchemaException.at(where(name), "a whole number of 0 to " + LARGEST_SIZE, quoted(value(name)));
    }

    /** Returns the upper bound {@code name}, which is not below {@code least}'s. */
    int most(String least, String name) {
        int most = size(name, Integer.MAX_VALUE);
        if (most < size(least, 0)) {
            throw SchemaException.at(where(name), "at least " + least, "" + most);
        }
        return most;
    }

    /** Returns the integers within the bounds that are given. */
    IntegerSchema integer() {
        long least = Math.max(bound("minimum", -IntegerSchema.LARGEST), bound("exclusiveMinimum", -Long.MAX_VALUE) + 1);
        long most = Math.min(bound("maximum", IntegerSchema.LARGEST), bound("exclusiveMaximum", Long.MAX_VALUE) - 1);
        if (least > most) {
            throw SchemaException.at(where, "bounds with an integer between them", least + " to " + most);
        }
        return new IntegerSchema(least, most);
    }

    private long bound(String name, long otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (value(name) instanceof JsonNumber number) {
            Decimal bound = Decimal.of(number.text());
            if (bound.isInteger() && Math.abs(bound.integer()) <= IntegerSchema.LARGEST) {
                return bound.integer();
            }
        }
        throw SchemaException.at(
                where(name), "a whole number of a magnitude of at most " + IntegerSchema.LARGEST, quoted(value(name)));
    }

    static String quoted(JsonValue value) {
        String text = JsonWriter.compact(value);
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
