package io.retort.inference.routing;

import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A history as JSON: {@code {"format": "retort-performance-history", "formatVersion": 1, "window": 64, "experts":
 * {"math": [[12, 1], [3, 0]], …}}}, of each remembered outcome its age and its quality, the oldest first. Stateless,
 * thread-safe.
 */
public final class PerformanceHistoryJson {
    private static final String FORMAT = "retort-performance-history";
    private static final int VERSION = 1;
    private static final Set<String> MEMBERS = Set.of("format", "formatVersion", "window", "experts");

    private PerformanceHistoryJson() {}

    /**
     * Returns the JSON from which {@link #read} gets the same.
     *
     * @param experts their ids, in the history's order
     */
    public static JsonObject write(PerformanceHistory history, List<String> experts) {
        List<List<PastOutcome>> remembered = history.remembered();
        if (experts.size() != remembered.size()) {
            throw new IllegalArgumentException(
                    "expected the ids of " + remembered.size() + " experts, found " + experts);
        }
        Map<String, JsonValue> all = new LinkedHashMap<>();
        for (int e = 0; e < experts.size(); e++) {
            List<JsonValue> outcomes = new ArrayList<>();
            for (PastOutcome outcome : remembered.get(e)) {
                outcomes.add(new JsonArray(List.of(JsonNumber.of(outcome.age()), JsonNumber.of(outcome.quality()))));
            }
            all.put(experts.get(e), new JsonArray(outcomes));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("format", new JsonString(FORMAT));
        members.put("formatVersion", JsonNumber.of((long) VERSION));
        members.put("window", JsonNumber.of((long) history.window()));
        members.put("experts", new JsonObject(all));
        return new JsonObject(members);
    }

    /**
     * Returns the history that {@code json} describes.
     *
     * @param experts the ids of the bundle's experts, which must be those of the history, in any order there
     * @throws JsonException where it is none, or one of other experts
     */
    public static PerformanceHistory read(JsonValue json, List<String> experts) {
        JsonMembers members = JsonMembers.of(json, "a performance history", MEMBERS);
        if (!members.string("format").equals(FORMAT)) {
            throw new JsonException("expected format " + FORMAT + ", found " + members.string("format"));
        }
        members.integer("formatVersion", VERSION, VERSION);
        int window = (int) members.integer("window", 1, PerformanceHistory.MAX_WINDOW);
        JsonMembers all = JsonMembers.of(members.value("experts"), "a history's experts", new LinkedHashSet<>(experts));
        List<List<PastOutcome>> remembered = new ArrayList<>();
        for (String expert : experts) {
            List<PastOutcome> outcomes = new ArrayList<>();
            for (JsonValue outcome : all.array(expert, window)) {
                outcomes.add(outcome(expert, outcome));
            }
            remembered.add(outcomes);
        }
        try {
            return PerformanceHistory.of(window, remembered);
        } catch (IllegalArgumentException e) {
            throw new JsonException("expected a performance history: " + e.getMessage());
        }
    }

    private static PastOutcome outcome(String expert, JsonValue json) {
        if (json instanceof JsonArray pair
                && pair.elements().size() == 2
                && pair.elements().get(0) instanceof JsonNumber age
                && pair.elements().get(1) instanceof JsonNumber quality) {
            double number = age.doubleValue();
            double value = quality.doubleValue();
            if (number >= 0 && number < 1L << 40 && number == Math.rint(number) && value >= 0 && value <= 1) {
                return new PastOutcome((long) number, value);
            }
        }
        throw new JsonException("expected [age, quality of 0 to 1] as each outcome of " + expert);
    }
}
