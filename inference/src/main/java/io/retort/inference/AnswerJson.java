package io.retort.inference;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.routing.ExpertChoice;
import io.retort.inference.routing.Novelty;
import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.Generation;
import io.retort.inference.text.Ascii;
import io.retort.inference.text.Hex;
import io.retort.inference.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers as JSON, the same from the command line and in a browser: {@code {"text": "…", "stop": "end_of_text",
 * "logLikelihood": -0.1, "confidence": 0.98, "experts": [{"id": "math", "domain": "math", "weight": 1}], "bundle": "name
 * 1.0.0"}}. Where the router tells known prompts from others, {@code "novelty": -7.5, "unknown": false} follow the
 * confidence. Where the start of a
 * prompt that is too long was dropped, {@code "droppedBytes": 4096} follows the log-likelihood. An answer that is no UTF-8 has {@code hex} in place of {@code text}. Stateless, thread-safe.
 */
public final class AnswerJson {
    private AnswerJson() {}

    /** Returns an answer of {@code bundle}. */
    public static JsonObject write(Bundle bundle, Answer answer) {
        Generation generation = answer.generation();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (Utf8.firstInvalid(generation.bytes()) < 0) {
            members.put("text", new JsonString(new String(generation.bytes(), StandardCharsets.UTF_8)));
        } else {
            members.put("hex", new JsonString(Hex.of(generation.bytes())));
        }
        members.put("stop", new JsonString(Ascii.lowerCase(generation.stop().name())));
        members.put("logLikelihood", JsonNumber.of(generation.logLikelihood()));
        if (answer.droppedBytes() > 0) {
            members.put("droppedBytes", JsonNumber.of(answer.droppedBytes()));
        }
        members.putAll(write(bundle, answer.routing()).members());
        BundleIdentity identity = bundle.manifest().identity();
        members.put("bundle", new JsonString(identity.name() + " " + identity.version()));
        return new JsonObject(members);
    }

    /** Returns the members from {@code confidence} to {@code experts} alone. */
    public static JsonObject write(Bundle bundle, Routing routing) {
        List<JsonValue> experts = new ArrayList<>();
        for (ExpertChoice choice : routing.choices()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("id", new JsonString(choice.expert()));
            members.put(
                    "domain",
                    new JsonString(bundle.experts().get(choice.index()).domain()));
            members.put("weight", JsonNumber.of(choice.weight()));
            experts.add(new JsonObject(members));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("confidence", JsonNumber.of(routing.confidence()));
        if (routing.novelty().isPresent()) {
            Novelty novelty = routing.novelty().get();
            members.put("novelty", JsonNumber.of(novelty.score()));
            members.put("unknown", novelty.isUnknown() ? JsonBoolean.TRUE : JsonBoolean.FALSE);
        }
        members.put("experts", new JsonArray(experts));
        return new JsonObject(members);
    }

    /**
     * Returns the {@code most} likeliest bytes of a prediction: {@code {"end": -3.2, "next": [{"byte": 52, "logProbability":
     * -0.05}, …], "confidence": …, "experts": […]}} with natural logarithms, {@code end} that of the end of the text.
     */
    public static JsonObject write(Bundle bundle, Prediction prediction, int most) {
        List<JsonValue> next = new ArrayList<>();
        for (int i = 0; i < Math.min(most, prediction.bytes().size()); i++) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("byte", JsonNumber.of((long) prediction.bytes().get(i).value()));
            members.put(
                    "logProbability", JsonNumber.of(prediction.bytes().get(i).logProbability()));
            next.add(new JsonObject(members));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("end", JsonNumber.of(prediction.endLogProbability()));
        members.put("next", new JsonArray(next));
        members.putAll(write(bundle, prediction.routing()).members());
        return new JsonObject(members);
    }
}
