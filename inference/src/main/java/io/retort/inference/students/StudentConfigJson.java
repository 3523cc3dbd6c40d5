package io.retort.inference.students;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.text.Ascii;
import io.retort.inference.text.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A student's config as JSON: {@code {"family": "recurrent-attention", "alphabet": 98, "width": 28, "hidden": 31,
 * "parameters": 14900, "layers": [{"mixer": "recurrence", "kernel": 4}, {"mixer": "attention", "kernel": 4, "heads": 2,
 * "positions": "forget"}]}}; {@code "repeats": 2} at the end where the layers are run twice, and so on. Stateless,
 * thread-safe.
 */
public final class StudentConfigJson {

    private static final Set<String> MEMBERS = Set.of("family", "alphabet", "width", "hidden", "parameters", "layers");
    private static final String REPEATS = "repeats";
    private static final Set<String> RECURRENCE_MEMBERS = Set.of("mixer", "kernel");
    private static final Set<String> ATTENTION_MEMBERS = Set.of("mixer", "kernel", "heads", "positions");

    private StudentConfigJson() {}

    /** Writes a config; {@link #read} gives it back. */
    public static JsonObject write(StudentConfig config) {
        List<JsonValue> layers = new ArrayList<>();
        for (Mixer mixer : config.mixers()) {
            layers.add(write(mixer));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("family", new JsonString(config.family()));
        members.put("alphabet", JsonNumber.of(config.alphabetSize()));
        members.put("width", JsonNumber.of(config.width()));
        members.put("hidden", JsonNumber.of(config.hiddenWidth()));
        members.put("parameters", JsonNumber.of(config.parameterCount()));
        members.put("layers", new JsonArray(layers));
        if (config.repeats() > 1) {
            members.put(REPEATS, JsonNumber.of(config.repeats()));
        }
        return new JsonObject(members);
    }

    /**
     * Reads a config; every member but {@value #REPEATS} must be there, none may be unknown, and the stored number of
     * parameters must be right.
     *
     * @throws IllegalArgumentException saying what was expected and found
     */
    public static StudentConfig read(JsonObject json) {
        boolean repeated = json.members().containsKey(REPEATS);
        Set<String> members = new LinkedHashSet<>(MEMBERS);
        if (repeated) {
            members.add(REPEATS);
        }
        requireMembers(json, members);
        if (!(json.member("layers") instanceof JsonArray layers)) {
            throw new IllegalArgumentException("layers: expected an array");
        }
        List<Mixer> mixers = new ArrayList<>();
        for (JsonValue layer : layers.elements()) {
            mixers.add(readMixer(layer));
        }
        StudentConfig config = new StudentConfig(
                integer(json, "alphabet"),
                integer(json, "width"),
                integer(json, "hidden"),
                mixers,
                repeated ? integer(json, REPEATS) : 1);
        requireFamily(string(json, "family"), config);
        int parameters = integer(json, "parameters");
        if (parameters != config.parameterCount()) {
            throw new IllegalArgumentException(
                    "parameters: expected " + config.parameterCount() + " for these layers, found " + parameters);
        }
        return config;
    }

    /** {@value StudentConfig#FAMILY} is also what layers of one kind were once stored as. */
    private static void requireFamily(String found, StudentConfig config) {
        if (!found.equals(StudentConfig.FAMILY) && !found.equals(config.family())) {
            throw new IllegalArgumentException(
                    "expected family " + config.family() + " for these layers, found " + found);
        }
    }

    private static JsonObject write(Mixer mixer) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("mixer", new JsonString(mixer instanceof Attention ? "attention" : "recurrence"));
        members.put("kernel", JsonNumber.of(mixer.kernel()));
        if (mixer instanceof Attention attention) {
            members.put("heads", JsonNumber.of(attention.heads()));
            members.put(
                    "positions",
                    new JsonString(Ascii.lowerCase(attention.positions().name())));
        }
        return new JsonObject(members);
    }

    private static Mixer readMixer(JsonValue value) {
        if (!(value instanceof JsonObject json)) {
            throw new IllegalArgumentException("layers: expected an object for each layer");
        }
        String mixer = string(json, "mixer");
        switch (mixer) {
            case "recurrence":
                requireMembers(json, RECURRENCE_MEMBERS);
                return new Recurrence(integer(json, "kernel"));
            case "attention":
                requireMembers(json, ATTENTION_MEMBERS);
                return new Attention(integer(json, "heads"), integer(json, "kernel"), positions(json));
            default:
                throw new IllegalArgumentException("mixer: expected recurrence or attention, found " + mixer);
        }
    }

    private static Positions positions(JsonObject json) {
        String positions = string(json, "positions");
        for (Positions known : Positions.values()) {
            if (Ascii.lowerCase(known.name()).equals(positions)) {
                return known;
            }
        }
        throw new IllegalArgumentException("positions: expected forget or logarithmic, found " + positions);
    }

    private static void requireMembers(JsonObject json, Set<String> expected) {
        if (!json.members().keySet().equals(expected)) {
            throw new IllegalArgumentException("expected the members " + Names.sorted(expected) + ", found "
                    + json.members().keySet());
        }
    }

    private static String string(JsonObject json, String name) {
        if (json.member(name) instanceof JsonString string) {
            return string.value();
        }
        throw new IllegalArgumentException(name + ": expected a string");
    }

    private static int integer(JsonObject json, String name) {
        if (json.member(name) instanceof JsonNumber number) {
            double value = number.doubleValue();
            if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
                return (int) value;
            }
        }
        throw new IllegalArgumentException(name + ": expected an integer of at most 32 bits");
    }
}
