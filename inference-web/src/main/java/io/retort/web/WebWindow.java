package io.retort.web;

import io.retort.inference.conversations.ContextWindow;
import io.retort.inference.conversations.Conversation;
import io.retort.inference.conversations.DroppedTurn;
import io.retort.inference.conversations.DroppedTurn.Extent;
import io.retort.inference.conversations.FittedText;
import io.retort.inference.conversations.LongTurn;
import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Conversations fitted into a window, from JSON to JSON. Stateless. */
final class WebWindow {
    static final int MOST_TURNS = 1 << 16;

    private static final Set<String> MEMBERS = Set.of("pinned", "turns", "symbols", "answerSymbols", "longTurn");

    private WebWindow() {}

    /**
     * Returns {@code {"text": …, "symbols": …, "dropped": […]}}.
     *
     * @param json with exactly the members {@code pinned}, {@code turns}, {@code symbols} (0 for all that can be read), {@code
     *     answerSymbols} and {@code longTurn}, {@code "refuse"} or {@code "cut_start"}
     * @param longest window, in symbols
     */
    static JsonObject fit(String json, int longest) {
        JsonMembers members = JsonMembers.of(
                JsonParser.parse(json.getBytes(StandardCharsets.UTF_8)), "what is to be fitted", MEMBERS);
        ContextWindow window = new ContextWindow(
                symbols(members, longest),
                (int) members.integer("answerSymbols", 1, longest),
                longTurn(members.string("longTurn")));
        FittedText fitted =
                window.fit(new Conversation(members.string("pinned"), members.strings("turns", MOST_TURNS)));
        Map<String, JsonValue> written = new LinkedHashMap<>();
        written.put("text", new JsonString(fitted.text()));
        written.put("symbols", JsonNumber.of((long) fitted.symbols()));
        written.put("dropped", dropped(fitted.dropped()));
        return new JsonObject(written);
    }

    static int symbols(JsonMembers members, int longest) {
        int symbols = (int) members.integer("symbols", 0, longest);
        return symbols == 0 ? longest : symbols;
    }

    private static LongTurn longTurn(String text) {
        return switch (text) {
            case "refuse" -> LongTurn.REFUSE;
            case "cut_start" -> LongTurn.CUT_START;
            default -> throw new IllegalArgumentException("expected longTurn refuse or cut_start, found " + text);
        };
    }

    static JsonArray dropped(List<DroppedTurn> turns) {
        List<JsonValue> written = new ArrayList<>();
        for (DroppedTurn turn : turns) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("index", JsonNumber.of((long) turn.index()));
            members.put("symbols", JsonNumber.of((long) turn.symbols()));
            members.put("extent", new JsonString(turn.extent() == Extent.WHOLE ? "whole" : "start"));
            written.add(new JsonObject(members));
        }
        return new JsonArray(written);
    }
}
