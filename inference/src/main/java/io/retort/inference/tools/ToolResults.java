package io.retort.inference.tools;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Results as the model sees them. Stateless, thread-safe. */
public final class ToolResults {
    private static final int LONGEST_REASON = 300;

    private ToolResults() {}

    /** Returns the result of a call that failed: {@code {"error": reason}}, the reason cut at 300 characters. */
    public static JsonObject error(String reason) {
        String shown = reason.length() <= LONGEST_REASON ? reason : start(reason, LONGEST_REASON) + "…";
        return new JsonObject(Map.of("error", new JsonString(shown)));
    }

    /**
     * Returns {@code result} as JSON of at most {@code maxBytes} bytes, which are at least {@link
     * ToolOptions#LEAST_RESULT_BYTES}. One that is longer becomes {@code {"truncated": "its beginning", "bytes": its length}}.
     */
    static String bounded(JsonValue result, int maxBytes) {
        String text = JsonWriter.compact(result);
        int bytes = length(text);
        if (bytes <= maxBytes) {
            return text;
        }
        int characters = Math.min(text.length(), maxBytes);
        while (true) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("truncated", new JsonString(start(text, characters)));
            members.put("bytes", JsonNumber.of(bytes));
            String cut = JsonWriter.compact(new JsonObject(members));
            int over = length(cut) - maxBytes;
            if (over <= 0) {
                return cut;
            }
            // A character takes at most six bytes, as an escape: so many less cannot be too many by much.
            characters -= Math.max(1, over / 6);
        }
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** At most {@code characters} of {@code text}, no half of a surrogate pair at the end. */
    private static String start(String text, int characters) {
        boolean splits = characters > 0 && Character.isHighSurrogate(text.charAt(characters - 1));
        return text.substring(0, splits ? characters - 1 : characters);
    }
}
