package io.retort.web;

import io.retort.inference.Retort;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.memory.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a runtime holds of its bundle, as JSON. Stateless. */
final class WebMemory {
    private WebMemory() {}

    static JsonObject of(Retort retort) {
        MemoryUsage usage = retort.memoryUsage();
        long router = retort.bundle().router().config().parameterCount();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("expertBytes", JsonNumber.of(usage.expertBytes()));
        members.put("storedBytes", JsonNumber.of(usage.compressedBytes()));
        members.put("textBytes", JsonNumber.of(usage.textBytes()));
        members.put("routerBytes", JsonNumber.of(Float.BYTES * router));
        members.put("activeExperts", JsonNumber.of((long) usage.experts()));
        members.put("loads", JsonNumber.of(usage.loads()));
        members.put("evictions", JsonNumber.of(usage.evictions()));
        return new JsonObject(members);
    }
}
