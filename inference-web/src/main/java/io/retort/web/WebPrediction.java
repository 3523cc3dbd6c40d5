package io.retort.web;

import io.retort.inference.AnswerJson;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.ScoringRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What may come next: {@code {"end": -3.2, "next": [{"byte": 52, "logProbability": -0.05}, …], "confidence": …, "experts":
 * […]}} with natural logarithms, {@code end} that of the end of the text, the likeliest bytes first. Bytes outside printable
 * ASCII and newline, which are written with three symbols, are left out.
 */
final class WebPrediction {
    private WebPrediction() {}

    /** Returns the {@code most} likeliest bytes after {@code prompt}. */
    static JsonObject of(Retort retort, byte[] prompt, int most) {
        List<ScoringRequest> requests = new ArrayList<>();
        requests.add(new ScoringRequest(prompt, new byte[0], Ending.END));
        for (int symbol = 0; symbol < Alphabet.ESCAPE; symbol++) {
            requests.add(new ScoringRequest(prompt, new byte[] {(byte) Alphabet.byteOf(symbol)}, Ending.OPEN));
        }
        double[] scores = retort.logLikelihoods(requests, ExpertSelection.routed());
        List<Integer> order = new ArrayList<>();
        for (int i = 1; i < scores.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> -scores[i]));
        List<JsonValue> next = new ArrayList<>();
        for (int i : order.subList(0, Math.min(most, order.size()))) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("byte", JsonNumber.of((long) Alphabet.byteOf(i - 1)));
            members.put("logProbability", JsonNumber.of(scores[i]));
            next.add(new JsonObject(members));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("end", JsonNumber.of(scores[0]));
        members.put("next", new JsonArray(next));
        members.putAll(AnswerJson.write(retort.bundle(), retort.route(prompt)).members());
        return new JsonObject(members);
    }
}
