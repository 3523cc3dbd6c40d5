package io.retort.web;

import io.retort.inference.ExpertSelection;
import io.retort.inference.conversations.ContextWindow;
import io.retort.inference.conversations.Conversation;
import io.retort.inference.conversations.FittedText;
import io.retort.inference.conversations.LongTurn;
import io.retort.inference.ensembles.TextReader;
import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.tools.ToolChoice;
import io.retort.inference.tools.ToolDeclaration;
import io.retort.inference.tools.ToolDialogue;
import io.retort.inference.tools.ToolFormat;
import io.retort.inference.tools.ToolOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request with tools, from a JSON text with exactly the members {@code tools}, {@code pinned}, {@code turns} (what was said before
 * it), {@code request}, {@code choice} ({@code "model"} or {@code "call_first"}), {@code maxRounds}, {@code maxResultBytes}, {@code
 * symbols} (of the window, 0 for all that can be read) and {@code generation}, as {@link WebOptions} has it. Each
 * tool is {@code {"name": …, "parameters": the text of a schema}}.
 *
 * @param earlier the turns that there is room for
 */
record WebToolRequest(
        ToolOptions options,
        ExpertSelection selection,
        List<ToolDeclaration> tools,
        String pinned,
        FittedText earlier,
        String request) {
    private static final Set<String> MEMBERS = Set.of(
            "tools", "pinned", "turns", "request", "choice", "maxRounds", "maxResultBytes", "symbols", "generation");

    private static final Set<String> MEMBERS_OF_TOOL = Set.of("name", "parameters");
    private static final int MOST_TOOLS = 256;
    private static final int SYMBOLS_A_BYTE = 3;

    /**
     * Returns the request in a JSON text.
     *
     * @param longest window, in symbols
     * @throws io.retort.inference.json.JsonException naming the member that is not as expected
     * @throws io.retort.inference.schemas.SchemaException for a tool's schema outside the subset
     * @throws io.retort.inference.conversations.ContextException where the request and the tools have no room
     */
    static WebToolRequest parse(String json, int longest) {
        JsonMembers members =
                JsonMembers.of(JsonParser.parse(json.getBytes(StandardCharsets.UTF_8)), "the request", MEMBERS);
        WebOptions generation = WebOptions.of(members.value("generation"));
        long answer = (long) SYMBOLS_A_BYTE * generation.generation().limits().maxBytes();
        ContextWindow window = new ContextWindow(
                WebWindow.symbols(members, longest), (int) Math.min(answer, Integer.MAX_VALUE), LongTurn.REFUSE);
        ToolOptions options = new ToolOptions(
                generation.generation(),
                ToolFormat.SUITE,
                choice(members.string("choice")),
                (int) members.integer("maxRounds", 0, ToolOptions.MOST_ROUNDS),
                (int) members.integer("maxResultBytes", ToolOptions.LEAST_RESULT_BYTES, Integer.MAX_VALUE),
                window);
        List<ToolDeclaration> tools = tools(members.array("tools", MOST_TOOLS));
        String pinned = members.string("pinned");
        String request = members.string("request");
        // The tools' and the request's size is that of what is read first where nothing was said before.
        int opening = TextReader.symbolsOf(
                new ToolDialogue(options, tools, pinned, request).writing().text());
        FittedText earlier = fit(members.strings("turns", WebWindow.MOST_TURNS), options, opening);
        return new WebToolRequest(options, generation.selection(), tools, pinned, earlier, request);
    }

    /** As many of the newest turns as leave room for a call and its result behind the request. */
    private static FittedText fit(List<String> turns, ToolOptions options, int opening) {
        long round = (long) SYMBOLS_A_BYTE * options.maxResultBytes()
                + options.window().answerSymbols();
        long room = options.window().symbols() - options.window().answerSymbols() - opening - round;
        // Behind an empty turn each of them is an older one, which is left out whole. Two symbols are the start's and
        // the answer's.
        return new ContextWindow((int) Math.max(0, room) + 2, 1, LongTurn.REFUSE)
                .fit(new Conversation("", turns).with(""));
    }

    private static ToolChoice choice(String text) {
        return switch (text) {
            case "model" -> ToolChoice.MODEL;
            case "call_first" -> ToolChoice.CALL_FIRST;
            default -> throw new IllegalArgumentException("expected choice model or call_first, found " + text);
        };
    }

    private static List<ToolDeclaration> tools(List<JsonValue> values) {
        List<ToolDeclaration> tools = new ArrayList<>();
        for (JsonValue value : values) {
            JsonMembers tool = JsonMembers.of(value, "a tool", MEMBERS_OF_TOOL);
            tools.add(ToolDeclaration.of(
                    tool.string("name"),
                    JsonParser.parse(tool.string("parameters").getBytes(StandardCharsets.UTF_8))));
        }
        return tools;
    }

    /** Returns a dialogue in which nothing has been written. */
    ToolDialogue begin() {
        return new ToolDialogue(options, tools, pinned + earlier.text(), request);
    }
}
