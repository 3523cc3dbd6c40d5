package io.retort.inference.comparison;

import io.retort.inference.json.JsonBounds;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the scores in an evaluation.json: every object of numbers {@code value}, {@code lower} and {@code upper}, by the names on the
 * way to it with points between, such as {@code retention.math} or {@code ensemble.retention.math}. Whatever else is there is passed
 * over, also a score whose value is null. Stateless, thread-safe.
 */
final class EvaluationScores {
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_DEPTH = 8;

    private EvaluationScores() {}

    /**
     * Returns the scores by their names.
     *
     * @throws JsonException where the file is no JSON, or more than 16 MiB of it
     */
    static SortedMap<String, Score> in(byte[] file) {
        SortedMap<String, Score> scores = new TreeMap<>();
        collect("", JsonParser.parse(file, new JsonBounds(MAX_BYTES, MAX_DEPTH)), scores);
        return scores;
    }

    private static void collect(String name, JsonValue value, SortedMap<String, Score> into) {
        if (!(value instanceof JsonObject object)) {
            return;
        }
        Optional<Double> score = number(object, "value");
        Optional<Double> lower = number(object, "lower");
        Optional<Double> upper = number(object, "upper");
        if (score.isPresent() && lower.isPresent() && upper.isPresent()) {
            into.put(name, new Score(score.get(), lower.get(), upper.get()));
            return;
        }
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            collect(name.isEmpty() ? member.getKey() : name + "." + member.getKey(), member.getValue(), into);
        }
    }

    private static Optional<Double> number(JsonObject object, String name) {
        return object.members().get(name) instanceof JsonNumber number
                        && Math.abs(number.doubleValue()) <= Double.MAX_VALUE
                ? Optional.of(number.doubleValue())
                : Optional.empty();
    }
}
