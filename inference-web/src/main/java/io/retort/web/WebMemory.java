package io.retort.web;

import io.retort.inference.Retort;
import io.retort.inference.bundles.Expert;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bytes of weights that a runtime holds: every expert and the router, decoded, four bytes a parameter. The one place
 * that counts, so that a runtime that counts by itself has one caller to change. Stateless.
 */
final class WebMemory {
    private WebMemory() {}

    static JsonObject of(Retort retort) {
        long experts = 0;
        for (Expert expert : retort.bundle().experts()) {
            experts += expert.student().parameterCount();
        }
        long router = retort.bundle().router().config().parameterCount();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("expertBytes", JsonNumber.of(Float.BYTES * experts));
        members.put("routerBytes", JsonNumber.of(Float.BYTES * router));
        members.put(
                "activeExperts", JsonNumber.of((long) retort.bundle().experts().size()));
        return new JsonObject(members);
    }
}
