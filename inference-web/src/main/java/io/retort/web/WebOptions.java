package io.retort.web;

import io.retort.inference.ExpertSelection;
import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What JavaScript asks of a generation, from a JSON text with exactly the members {@code maxBytes}, {@code temperature},
 * {@code topP}, {@code topK}, {@code seed}, {@code stop} and {@code experts}: the package fills in what a page leaves out.
 *
 * @param selection from {@code "routed"}, {@code "all"} or the id of an expert
 */
record WebOptions(GenerationOptions generation, ExpertSelection selection) {
    private static final Set<String> MEMBERS =
            Set.of("maxBytes", "temperature", "topP", "topK", "seed", "stop", "experts");

    /** The largest integer below which JavaScript has all. */
    private static final long MOST_SAFE = (1L << 53) - 1;

    /**
     * Returns the options in a JSON text.
     *
     * @throws io.retort.inference.json.JsonException naming the member that is not as expected
     * @throws IllegalArgumentException for a number out of bounds
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
        return new WebOptions(generation, selection(members.string("experts")));
    }

    static ExpertSelection selection(String experts) {
        return switch (experts) {
            case "routed" -> ExpertSelection.routed();
            case "all" -> new ExpertSelection.Uniform();
            default -> new ExpertSelection.Fixed(experts);
        };
    }
}
