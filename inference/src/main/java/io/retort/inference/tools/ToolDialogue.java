package io.retort.inference.tools;

import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.conversations.Conversation;
import io.retort.inference.conversations.DroppedTurn;
import io.retort.inference.conversations.FittedText;
import io.retort.inference.json.JsonBounds;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.schemas.Violation;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request that is answered with tools, for a caller that writes itself: {@link #writing} gives what is to be written next, {@link
 * #wrote} takes it and gives a call that is to be run, whose result {@link #resume} takes, or what the request ends with. Every call
 * is of a declared tool and its arguments match the tool's schema. For one thread at a time.
 */
public final class ToolDialogue {
    /** As deep as a schema's values can be. */
    private static final JsonBounds DEEP = new JsonBounds(JsonBounds.DEFAULT.maxBytes(), 512);

    private final ToolOptions options;
    private final ToolConstraints constraints;
    private final List<ToolRound> rounds = new ArrayList<>();
    private Conversation conversation;
    private List<DroppedTurn> dropped = List.of();
    private ToolStep.@Nullable Call pending;
    private boolean over;

    /**
     * A dialogue in which nothing has been written.
     *
     * @param tools at least one, their names unique
     * @param preamble what stands in front of the tools' declarations, such as instructions; may be empty
     * @param request the user's, which is never left out of the text
     * @throws IllegalArgumentException where a name is there twice, or there is no tool
     */
    public ToolDialogue(ToolOptions options, List<ToolDeclaration> tools, String preamble, String request) {
        Set<String> names = new HashSet<>();
        for (ToolDeclaration tool : tools) {
            if (!names.add(tool.name())) {
                throw new IllegalArgumentException("expected tools of different names, found two of " + tool.name());
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("expected at least one tool, found none");
        }
        this.options = options;
        constraints = new ToolConstraints(tools, options.format());
        conversation = Conversation.of(options.format().opening(tools, preamble, request));
    }

    /**
     * Returns what is to be written now.
     *
     * @throws IllegalStateException where a result is waited for, or the request is answered
     * @throws io.retort.inference.conversations.ContextException where the opening has no room in the window, or a call
     *     with none of its result
     */
    public ToolWriting writing() {
        requireTurn();
        FittedText text = options.window().fit(conversation);
        dropped = text.dropped();
        return new ToolWriting(text.prompt(), options.generation().under(constraint()));
    }

    /**
     * Takes what was written.
     *
     * @throws IllegalStateException where nothing was to be written, or the constraint was not kept to
     */
    public ToolStep wrote(Generation generation) {
        requireTurn();
        boolean calls = constraints.begins(generation.bytes());
        if (calls && generation.stop() == StopReason.END_OF_TEXT) {
            pending = call(generation.bytes());
            return pending;
        }
        over = true;
        return calls ? new ToolStep.CutCall(generation) : new ToolStep.Answer(generation);
    }

    private void requireTurn() {
        if (over || pending != null) {
            throw new IllegalStateException(
                    over ? "expected a session that goes on, found one that is over" : "expected a result, found none");
        }
    }

    /**
     * Takes the result of the call that is to be run; the model is shown at most as much of it as the options say and
     * the window has room for.
     *
     * @throws IllegalStateException where none is
     */
    public void resume(JsonValue result) {
        if (pending == null) {
            throw new IllegalStateException("expected a result of a call that is to be run, found no such call");
        }
        String call = JsonWriter.compact(json(pending));
        byte[] around = options.format().round(call, "").getBytes(StandardCharsets.UTF_8);
        int room = options.window().room(conversation.pinned()) - ToolResults.symbols(around);
        String shown = JsonWriter.compact(ToolResults.bounded(result, options.maxResultBytes(), room));
        rounds.add(new ToolRound(pending, shown));
        conversation = conversation.with(options.format().round(call, shown));
        pending = null;
    }

    /** Returns the calls so far whose results are there, in order. */
    public List<ToolRound> rounds() {
        return List.copyOf(rounds);
    }

    /** Returns which rounds the model did not see, or not whole, when it last wrote: those with no room in the window. */
    public List<DroppedTurn> dropped() {
        return dropped;
    }

    private ByteConstraint constraint() {
        if (rounds.size() >= options.maxRounds()) {
            return constraints.answer();
        }
        return rounds.isEmpty() && options.choice() == ToolChoice.CALL_FIRST
                ? constraints.call()
                : constraints.either();
    }

    private ToolStep.Call call(byte[] written) {
        int before = options.format().beforeCall().getBytes(StandardCharsets.UTF_8).length;
        JsonValue value = JsonParser.parse(Arrays.copyOfRange(written, before, written.length), DEEP);
        Optional<Violation> violation = constraints.calls().violation(value);
        if (violation.isPresent() || !(value instanceof JsonObject call)) {
            throw new IllegalStateException(
                    "expected a writer that keeps to the constraint, found a call with " + violation);
        }
        return new ToolStep.Call(
                rounds.size() + 1, ((JsonString) call.member(ToolConstraints.NAME)).value(), (JsonObject)
                        call.member(ToolConstraints.ARGUMENTS));
    }

    private static JsonObject json(ToolStep.Call call) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put(ToolConstraints.NAME, new JsonString(call.tool()));
        members.put(ToolConstraints.ARGUMENTS, call.arguments());
        return new JsonObject(members);
    }
}
