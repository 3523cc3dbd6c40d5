package io.retort.inference.routing;

import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A router's shape as JSON: {@code {"network": "hashed-n-grams", "experts": ["math", …], "buckets": 512, "windowBytes":
 * 256, "hidden": 16, "chosen": 3, "parameters": 8310, "calibration": {"temperature": 1.1, "unknownThreshold": -4.2,
 * "falsePositiveRate": 0.05}}}. A router without {@code calibration} has {@link Calibration#NONE}; one without a threshold
 * has {@code temperature} alone. Stateless, thread-safe.
 */
public final class RouterConfigJson {
    private static final String NETWORK = "hashed-n-grams";
    private static final Set<String> MEMBERS =
            Set.of("network", "experts", "buckets", "windowBytes", "hidden", "chosen", "parameters");

    private static final String CALIBRATION = "calibration";
    private static final String TEMPERATURE = "temperature";
    private static final String THRESHOLD = "unknownThreshold";
    private static final String RATE = "falsePositiveRate";

    private RouterConfigJson() {}

    /** Returns the JSON from which {@link #read} gets the same. */
    public static JsonObject write(RouterConfig config) {
        List<JsonValue> experts = new ArrayList<>();
        for (String expert : config.experts()) {
            experts.add(new JsonString(expert));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("network", new JsonString(NETWORK));
        members.put("experts", new JsonArray(experts));
        members.put("buckets", JsonNumber.of((long) config.features().buckets()));
        members.put("windowBytes", JsonNumber.of((long) config.features().windowBytes()));
        members.put("hidden", JsonNumber.of((long) config.hidden()));
        members.put("chosen", JsonNumber.of((long) config.chosen()));
        members.put("parameters", JsonNumber.of(config.parameterCount()));
        if (!config.calibration().equals(Calibration.NONE)) {
            members.put(CALIBRATION, write(config.calibration()));
        }
        return new JsonObject(members);
    }

    private static JsonObject write(Calibration calibration) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put(TEMPERATURE, JsonNumber.of(calibration.temperature()));
        if (calibration.tellsUnknown()) {
            members.put(THRESHOLD, JsonNumber.of(calibration.unknownThreshold()));
            members.put(RATE, JsonNumber.of(calibration.falsePositiveRate()));
        }
        return new JsonObject(members);
    }

    /**
     * Returns the shape that {@code json} describes.
     *
     * @throws JsonException where a member is missing, unknown or wrong
     * @throws IllegalArgumentException where the values make no router
     */
    public static RouterConfig read(JsonValue json) {
        boolean calibrated = has(json, CALIBRATION);
        Set<String> names = new HashSet<>(MEMBERS);
        if (calibrated) {
            names.add(CALIBRATION);
        }
        JsonMembers members = JsonMembers.of(json, "the router's config", names);
        String network = members.string("network");
        if (!network.equals(NETWORK)) {
            throw new JsonException("expected network " + NETWORK + ", found " + network);
        }
        PromptFeatures features = new PromptFeatures((int) members.integer("buckets", 1, Integer.MAX_VALUE), (int)
                members.integer("windowBytes", 1, Integer.MAX_VALUE));
        RouterConfig config = new RouterConfig(
                members.strings("experts", RouterConfig.MAX_EXPERTS),
                features,
                (int) members.integer("hidden", 1, Integer.MAX_VALUE),
                (int) members.integer("chosen", 1, Integer.MAX_VALUE),
                calibrated ? calibration(members.value(CALIBRATION)) : Calibration.NONE);
        if (members.integer("parameters", 1, Integer.MAX_VALUE) != config.parameterCount()) {
            throw new JsonException("expected " + config.parameterCount() + " parameters for this router, found "
                    + members.integer("parameters", 1, Integer.MAX_VALUE));
        }
        return config;
    }

    private static Calibration calibration(JsonValue json) {
        if (!has(json, THRESHOLD)) {
            JsonMembers members = JsonMembers.of(json, "the router's calibration", Set.of(TEMPERATURE));
            return Calibration.NONE.withTemperature(members.number(TEMPERATURE));
        }
        JsonMembers members = JsonMembers.of(json, "the router's calibration", Set.of(TEMPERATURE, THRESHOLD, RATE));
        return new Calibration(members.number(TEMPERATURE), members.number(THRESHOLD), members.number(RATE));
    }

    private static boolean has(JsonValue json, String name) {
        return json instanceof JsonObject object && object.members().containsKey(name);
    }
}
