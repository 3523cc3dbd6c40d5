package io.retort.web;

import io.retort.inference.ExpertSelection;
import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.schemas.SchemaException;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What JavaScript asks of a generation, from a JSON text with exactly the members {@code maxBytes}, {@code temperature},
 * {@code topP}, {@code topK}, {@code seed}, {@code stop}, {@code experts} and {@code jsonSchema}, the text of one or nothing: the
 * package fills in what a page leaves out.
 *
 * @param selection from {@code "routed"}, {@code "all"} or the id of an expert
 */
record WebOptions(GenerationOptions generation, ExpertSelection selection) {
    private static final Set<String> MEMBERS =
            Set.of("maxBytes", "temperature", "topP", "topK", "seed", "stop", "experts", "jsonSchema");

    /** The largest integer below which JavaScript has all. */
    private static final long MOST_SAFE = (1L << 53) - 1;

    /**
     * Returns the options in a JSON text.
     *
     * @throws io.retort.inference.json.JsonException naming the member that is not as expected
     * @throws SchemaException for a schema outside the subset
     * @throws IllegalArgumentException for a number out of bounds, or a limit without room for what matches the schema
     */
    static WebOptions parse(String json) {
        return of(JsonParser.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the options in a JSON object, as {@link #parse} does. */
    static WebOptions of(JsonValue json) {
        JsonMembers members = JsonMembers.of(json, "the options", MEMBERS);
        GenerationOptions generation = new GenerationOptions(
                new GenerationLimits((int) members.integer("maxBytes", 1, Integer.MAX_VALUE)),
                new Sampling(members.number("temperature"), members.number("topP"), (int)
                        members.integer("topK", 0, Integer.MAX_VALUE)),
                members.integer("seed", -MOST_SAFE, MOST_SAFE),
                members.strings("stop", GenerationOptions.MAX_STOPS));
        String schema = members.string("jsonSchema");
        return new WebOptions(
                schema.isEmpty() ? generation : generation.under(constraint(schema, generation.limits())),
                selection(members.string("experts")));
    }

    private static ByteConstraint constraint(String schema, GenerationLimits limits) {
        ByteConstraint constraint =
                JsonSchema.parse(schema.getBytes(StandardCharsets.UTF_8)).constraint();
        int shortest = constraint.start().shortest();
        if (shortest > limits.maxBytes()) {
            throw new IllegalArgumentException("expected maxBytes of at least " + shortest
                    + ", the shortest answer that matches the schema, found " + limits.maxBytes());
        }
        return constraint;
    }

    static ExpertSelection selection(String experts) {
        return switch (experts) {
            case "routed" -> ExpertSelection.routed();
            case "all" -> new ExpertSelection.Uniform();
            default -> new ExpertSelection.Fixed(experts);
        };
    }
}
