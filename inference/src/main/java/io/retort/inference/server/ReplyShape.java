package io.retort.inference.server;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.server.ChoiceText.Token;
import java.util.List;
import java.util.Optional;

/** How one of the two endpoints words its answers. Stateless. */
sealed interface ReplyShape permits CompletionShape, ChatShape {
    /** What an answer's id begins with. */
    String idPrefix();

    /** What kind of object a whole answer says it is. */
    String wholeObject();

    /** What kind of object an event says it is. */
    String eventObject();

    /** Returns the members of a choice that have its whole text. */
    JsonFields whole(int index, String text);

    /** Returns the members of a choice that have a piece of its text. */
    JsonFields piece(int index, String text);

    /** Returns what a stream begins with for a choice, if anything. */
    Optional<JsonFields> opening(int index);

    JsonObject logProbabilities(List<Token> tokens);

    /** Adds what both kinds of choices end with. */
    static JsonFields close(JsonFields choice, Optional<JsonObject> logProbabilities, Optional<String> finish) {
        addOrNull(choice, "logprobs", logProbabilities.map(value -> value));
        addOrNull(choice, "finish_reason", finish.map(JsonString::new));
        return choice;
    }

    private static void addOrNull(JsonFields fields, String name, Optional<? extends JsonValue> value) {
        if (value.isPresent()) {
            fields.with(name, value.get());
        } else {
            fields.withNull(name);
        }
    }
}
