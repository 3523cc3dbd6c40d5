package io.retort.web;

import io.retort.inference.Answer;
import io.retort.inference.AnswerJson;
import io.retort.inference.Retort;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.tools.ToolDialogue;
import io.retort.inference.tools.ToolResults;
import io.retort.inference.tools.ToolRound;
import io.retort.inference.tools.ToolStep;
import io.retort.inference.tools.ToolWriting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSExport;

/** A request with tools, whose handlers JavaScript runs: {@link #write}, {@link #step}, and a result, until the answer is there. */
public final class WebTools {
    private final Retort retort;
    private final WebToolRequest request;
    private final ToolDialogue dialogue;

    WebTools(Retort retort, WebToolRequest request) {
        this.retort = retort;
        this.request = request;
        this.dialogue = request.begin();
    }

    /** Begins the next call or answer. */
    @JSExport
    public WebGeneration write(ByteCallback listener) {
        return WebStructured.inWindow(() -> {
            ToolWriting writing = dialogue.writing();
            return WebGeneration.begin(retort, writing.text(), writing.options(), request.selection(), listener);
        });
    }

    /**
     * Takes what was written to its end: {@code {"round": …, "tool": …, "arguments": …}}, or the answer as {@link AnswerJson} writes it
     * with {@code cut}, whether it is a call that was cut, {@code rounds}, {@code dropped} (the rounds that the model did not see) and
     * {@code droppedTurns} (the turns before the request).
     */
    @JSExport
    public String step(WebGeneration written) {
        Answer answer = written.result();
        ToolStep step = dialogue.wrote(answer.generation());
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (step instanceof ToolStep.Call call) {
            putCall(members, call);
        } else {
            members.putAll(AnswerJson.write(retort.bundle(), answer).members());
            members.put("cut", step instanceof ToolStep.CutCall ? JsonBoolean.TRUE : JsonBoolean.FALSE);
            members.put("rounds", rounds());
            members.put("dropped", WebWindow.dropped(dialogue.dropped()));
            members.put("droppedTurns", WebWindow.dropped(request.earlier().dropped()));
        }
        return JsonWriter.compact(new JsonObject(members));
    }

    /** Takes a result of the call, as JSON. */
    @JSExport
    public void resume(String result) {
        dialogue.resume(JsonParser.parse(result.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes that the call failed, and why. */
    @JSExport
    public void fail(String reason) {
        dialogue.resume(ToolResults.error(reason));
    }

    private JsonArray rounds() {
        List<JsonValue> rounds = new ArrayList<>();
        for (ToolRound round : dialogue.rounds()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            putCall(members, round.call());
            members.put("result", new JsonString(round.result()));
            rounds.add(new JsonObject(members));
        }
        return new JsonArray(rounds);
    }

    private static void putCall(Map<String, JsonValue> members, ToolStep.Call call) {
        members.put("round", JsonNumber.of((long) call.round()));
        members.put("tool", new JsonString(call.tool()));
        members.put("arguments", call.arguments());
    }
}
