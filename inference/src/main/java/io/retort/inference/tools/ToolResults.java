package io.retort.inference.tools;

import io.retort.inference.ensembles.TextReader;
import io.retort.inference.json.JsonBounds;
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

    /** As deep as a reader of JSON may go; a deeper one would not be written either. */
    private static final JsonBounds DEEPEST = new JsonBounds(JsonBounds.DEFAULT.maxBytes(), 512);

    private ToolResults() {}

    /** Returns the result of a call that failed: {@code {"error": reason}}, the reason cut at 300 characters. */
    public static JsonObject error(String reason) {
        String shown = reason.length() <= LONGEST_REASON ? reason : start(reason, LONGEST_REASON) + "…";
        return new JsonObject(Map.of("error", new JsonString(shown)));
    }

    /**
     * Returns what is shown of {@code result}: itself where its JSON takes at most {@code maxBytes} bytes, else {@code
     * {"truncated": "its beginning", "bytes": its length}} that does, and an error in the place of one that nests deeper than 512.
     *
     * @param maxBytes at least {@link ToolOptions#LEAST_RESULT_BYTES}
     */
    public static JsonValue bounded(JsonValue result, int maxBytes) {
        return bounded(result, maxBytes, Integer.MAX_VALUE);
    }

    /** Bounds what is shown in symbols too; where those are too few for any beginning, none of it is left, and it may pass them. */
    static JsonValue bounded(JsonValue result, int maxBytes, int maxSymbols) {
        if (!DEEPEST.hold(result)) {
            return error("the result nests deeper than " + DEEPEST.maxDepth());
        }
        String text = JsonWriter.compact(result);
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        if (whole.length <= maxBytes && symbols(whole) <= maxSymbols) {
            return result;
        }
        int fits = 0;
        int tooMany = Math.min(text.length(), maxBytes) + 1;
        while (tooMany - fits > 1) {
            int characters = (fits + tooMany) >>> 1;
            byte[] shown = JsonWriter.compact(truncated(text, characters, whole.length))
                    .getBytes(StandardCharsets.UTF_8);
            if (shown.length <= maxBytes && symbols(shown) <= maxSymbols) {
                fits = characters;
            } else {
                tooMany = characters;
            }
        }
        return truncated(text, fits, whole.length);
    }

    private static JsonObject truncated(String text, int characters, int bytes) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("truncated", new JsonString(start(text, characters)));
        members.put("bytes", JsonNumber.of(bytes));
        return new JsonObject(members);
    }

    /** What {@code text} takes of a window. */
    static int symbols(byte[] text) {
        return TextReader.symbolsOf(text) - TextReader.symbolsOf(new byte[0]);
    }

    /** At most {@code characters} of {@code text}, no half of a surrogate pair at the end. */
    private static String start(String text, int characters) {
        boolean splits = characters > 0 && Character.isHighSurrogate(text.charAt(characters - 1));
        return text.substring(0, splits ? characters - 1 : characters);
    }
}
