package io.retort.inference.schemas;

import io.retort.inference.constraints.Either;
import io.retort.inference.constraints.Literals;
import io.retort.inference.constraints.TextState;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.schemas.JsonSchema.AnyOfSchema;
import io.retort.inference.schemas.JsonSchema.ArraySchema;
import io.retort.inference.schemas.JsonSchema.EnumSchema;
import io.retort.inference.schemas.JsonSchema.IntegerSchema;
import io.retort.inference.schemas.JsonSchema.NumberSchema;
import io.retort.inference.schemas.JsonSchema.ObjectSchema;
import io.retort.inference.schemas.JsonSchema.StringSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes constraints of schemas. Stateless, thread-safe. */
final class JsonForms {
    /** The longest text, in bytes, that the shortest value of a schema or of a part of it may have. */
    static final int LONGEST_SHORTEST = 1 << 20;

    private JsonForms() {}

    static Form of(JsonSchema schema) {
        return of(schema, Pointer.ROOT);
    }

    private static Form of(JsonSchema schema, Pointer where) {
        if (schema instanceof ObjectSchema object) {
            return ofObject(object, where);
        }
        if (schema instanceof ArraySchema array) {
            Form items = of(array.items(), where.member("items"));
            requireShort(1 + Math.max(1, array.least() * (1L + items.shortest())), where);
            return Form.of(new ArrayForm(items, array.least(), array.most()).start());
        }
        if (schema instanceof StringSchema string) {
            requireShort(2L + string.least(), where);
            return Form.of(StringText.start(string.least(), string.most()));
        }
        if (schema instanceof IntegerSchema integer) {
            return Form.of(new IntegerText.Start(integer.least(), integer.most()));
        }
        if (schema instanceof NumberSchema) {
            return Form.of(NumberText.START);
        }
        if (schema instanceof EnumSchema choice) {
            List<String> texts = new ArrayList<>();
            for (JsonValue value : choice.values()) {
                texts.add(JsonWriter.compact(value));
            }
            return Form.of(Literals.of(texts));
        }
        AnyOfSchema any = (AnyOfSchema) schema;
        List<TextState> alternatives = new ArrayList<>();
        for (int i = 0; i < any.alternatives().size(); i++) {
            alternatives.add(of(any.alternatives().get(i), where.member("anyOf").element(i))
                    .start());
        }
        return Form.of(Either.of(alternatives));
    }

    private static Form ofObject(ObjectSchema schema, Pointer where) {
        List<ObjectForm.Member> members = new ArrayList<>();
        long shortest = 0;
        for (String name : schema.properties().keySet()) {
            Form value =
                    of(schema.properties().get(name), where.member("properties").member(name));
            String text = JsonWriter.compact(new JsonValue.JsonString(name)) + ":";
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            boolean required = schema.required().contains(name);
            shortest += required ? 1L + length + value.shortest() : 0;
            members.add(new ObjectForm.Member(
                    text, length, value, required ? ObjectForm.Presence.REQUIRED : ObjectForm.Presence.OPTIONAL));
        }
        requireShort(1 + Math.max(1, shortest), where);
        return Form.of(new ObjectForm(members).start());
    }

    private static void requireShort(long shortest, Pointer where) {
        if (shortest > LONGEST_SHORTEST) {
            throw SchemaException.at(
                    where, "a value of at most " + LONGEST_SHORTEST + " bytes at the least", "one of " + shortest);
        }
    }
}
