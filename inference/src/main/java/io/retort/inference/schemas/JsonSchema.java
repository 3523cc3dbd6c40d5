package io.retort.inference.schemas;

import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A schema of the supported subset of JSON Schema 2020-12, which {@code docs/tools.md} lists. Anything outside the subset is
 * refused when the schema is read, never ignored. Immutable, thread-safe.
 */
public sealed interface JsonSchema {
    /**
     * Reads a schema from its text.
     *
     * @throws io.retort.inference.json.JsonException where it is no JSON
     * @throws SchemaException where it is outside the subset, with the place and the keyword
     */
    static JsonSchema parse(byte[] text) {
        return of(JsonParser.parse(text, SchemaReader.BOUNDS));
    }

    /**
     * Reads a schema from its JSON.
     *
     * @throws SchemaException where it is outside the subset, with the place and the keyword
     */
    static JsonSchema of(JsonValue json) {
        return SchemaReader.read(json);
    }

    /** Returns the first thing that keeps {@code value} from matching; empty where it matches. */
    default Optional<Violation> violation(JsonValue value) {
        return SchemaValidator.violation(this, value);
    }

    /**
     * Returns the JSON texts that match this schema in the form that the mode writes: no white space, members in the
     * order of the schema's properties and only these.
     *
     * @throws SchemaException where the shortest text that matches is above 1 MiB
     */
    default ByteConstraint constraint() {
        return JsonForms.of(this);
    }

    /** Whether members that a schema does not name may be there. */
    enum OtherMembers {
        ALLOWED,
        REFUSED
    }

    /**
     * An object.
     *
     * @param properties by name, in the order in which they are written
     * @param required names among the properties that have to be there
     * @param others whether a value may have more; none is ever written
     */
    record ObjectSchema(Map<String, JsonSchema> properties, Set<String> required, OtherMembers others)
            implements JsonSchema {
        public ObjectSchema {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
            required = Set.copyOf(required);
            if (!properties.keySet().containsAll(required)) {
                throw new IllegalArgumentException(
                        "expected required names among " + properties.keySet() + ", found " + required);
            }
        }
    }

    /** An array of {@code least} to {@code most} elements that match {@code items}. */
    record ArraySchema(JsonSchema items, int least, int most) implements JsonSchema {
        public ArraySchema {
            requireRange(least, most);
        }
    }

    /** A string of {@code least} to {@code most} Unicode code points. */
    record StringSchema(int least, int most) implements JsonSchema {
        public StringSchema {
            requireRange(least, most);
        }
    }

    /** An integer of {@code least} to {@code most}, whose magnitudes are at most {@link #LARGEST}. */
    record IntegerSchema(long least, long most) implements JsonSchema {
        /** 2^53 - 1: every reader of JSON has integers up to here exactly (RFC 8259, section 6). */
        public static final long LARGEST = 9_007_199_254_740_991L;

        public IntegerSchema {
            if (least > most || least < -LARGEST || most > LARGEST) {
                throw new IllegalArgumentException(
                        "expected bounds in order within ±" + LARGEST + ", found " + least + " to " + most);
            }
        }
    }

    /** Any number. */
    record NumberSchema() implements JsonSchema {}

    /** One of a few values, which are equal as JSON Schema has it: numbers by value, objects without order. */
    record EnumSchema(List<JsonValue> values) implements JsonSchema {
        public EnumSchema {
            values = List.copyOf(values);
            requireSome(values, "value");
        }
    }

    /** What matches at least one of a few schemas. */
    record AnyOfSchema(List<JsonSchema> alternatives) implements JsonSchema {
        public AnyOfSchema {
            alternatives = List.copyOf(alternatives);
            requireSome(alternatives, "alternative");
        }
    }

    private static void requireRange(int least, int most) {
        if (least < 0 || least > most) {
            throw new IllegalArgumentException(
                    "expected a least of at least 0 and at most the most, found " + least + " and " + most);
        }
    }

    private static void requireSome(List<?> list, String what) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("expected at least one " + what + ", found none");
        }
    }
}
