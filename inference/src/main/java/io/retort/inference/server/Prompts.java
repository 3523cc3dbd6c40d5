package io.retort.inference.server;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNull;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.server.Prompt.Start;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Prompts in the shapes that OpenAI's API has for them. */
final class Prompts {
    /** Texts of one request. */
    static final int MOST_PROMPTS = 128;

    private static final int MOST_MESSAGES = 4096;
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");

    private Prompts() {}

    /** Returns the texts of a completion: a string, tokens, or an array of either. */
    static List<Prompt> ofCompletion(RequestFields fields) {
        JsonValue value = fields.value("prompt").orElse(JsonNull.NULL);
        if (value instanceof JsonString string) {
            return List.of(text(string));
        }
        if (!(value instanceof JsonArray array) || array.elements().isEmpty()) {
            throw shape();
        }
        if (array.elements().get(0) instanceof JsonNumber) {
            return List.of(tokens(array));
        }
        if (array.elements().size() > MOST_PROMPTS) {
            throw ApiException.invalid(
                    "prompt",
                    "expected at most " + MOST_PROMPTS + " prompts, found "
                            + array.elements().size());
        }
        List<Prompt> prompts = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            if (element instanceof JsonString string) {
                prompts.add(text(string));
            } else if (element instanceof JsonArray inner) {
                prompts.add(tokens(inner));
            } else {
                throw shape();
            }
        }
        return prompts;
    }

    private static ApiException shape() {
        return ApiException.invalid(
                "prompt", "expected a string, tokens (bytes as integers), or an array of either as prompt");
    }

    private static Prompt text(JsonString string) {
        return ByteTokens.prompt(string.value());
    }

    private static Prompt tokens(JsonArray array) {
        return ByteTokens.prompt(array.elements(), "prompt");
    }

    /**
     * Returns the prompt that a chat is: the contents of its messages in order, each ended by a newline, as the experts' prompts
     * are. Experts were never shown roles, so that none are written.
     */
    static Prompt ofChat(RequestFields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<JsonValue> messages = fields.array("messages", MOST_MESSAGES);
        if (messages.isEmpty()) {
            throw ApiException.invalid("messages", "expected at least one message, found none");
        }
        for (JsonValue message : messages) {
            if (!(message instanceof JsonObject object)) {
                throw ApiException.invalid("messages", "expected objects as messages, found another JSON value");
            }
            String content = content(object);
            bytes.writeBytes(content.getBytes(StandardCharsets.UTF_8));
            if (!content.endsWith("\n")) {
                bytes.write('\n');
            }
        }
        return new Prompt(bytes.toByteArray(), Start.UNMARKED);
    }

    private static String content(JsonObject message) {
        RequestFields fields = RequestFields.of(message);
        String role = fields.text("role", "");
        if (!ROLES.contains(role)) {
            throw ApiException.invalid("messages", "expected a role of system, developer, user or assistant");
        }
        if (!(fields.value("content").orElse(JsonNull.NULL) instanceof JsonArray)) {
            return fields.text("content", "");
        }
        StringBuilder text = new StringBuilder();
        for (JsonValue part : fields.array("content", MOST_MESSAGES)) {
            if (!(part instanceof JsonObject object)
                    || !RequestFields.of(object).text("type", "").equals("text")) {
                throw ApiException.invalid("messages", "expected parts of type text as content, found another part");
            }
            text.append(RequestFields.of(object).text("text", ""));
        }
        return text.toString();
    }
}
