package io.retort.web;

import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.schemas.SchemaException;
import io.retort.inference.scoring.GenerationOptions;
import java.nio.charset.StandardCharsets;

/** Schemas that answers match. Stateless. */
final class WebSchemas {
    private WebSchemas() {}

    /**
     * Returns the options under a schema.
     *
     * @throws io.retort.inference.json.JsonException where it is no JSON
     * @throws SchemaException where it is outside the subset
     * @throws IllegalArgumentException where the limit has no room for what matches
     */
    static GenerationOptions under(String schema, GenerationOptions options) {
        ByteConstraint constraint =
                JsonSchema.parse(schema.getBytes(StandardCharsets.UTF_8)).constraint();
        int shortest = constraint.start().shortest();
        if (shortest > options.limits().maxBytes()) {
            throw new IllegalArgumentException("expected maxBytes of at least " + shortest
                    + ", the shortest answer that matches the schema, found "
                    + options.limits().maxBytes());
        }
        return options.under(constraint);
    }
}
