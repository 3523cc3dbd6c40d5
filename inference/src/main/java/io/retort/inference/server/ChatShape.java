package io.retort.inference.server;

import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.BytePrediction.Candidate;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.server.ChoiceText.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /v1/chat/completions}. */
record ChatShape() implements ReplyShape {
    private static final String ASSISTANT = "assistant";

    @Override
    public String idPrefix() {
        return "chatcmpl-";
    }

    @Override
    public String wholeObject() {
        return "chat.completion";
    }

    @Override
    public String eventObject() {
        return "chat.completion.chunk";
    }

    @Override
    public JsonFields whole(int index, String text) {
        JsonFields message = new JsonFields().with("role", ASSISTANT).with("content", text);
        return new JsonFields().with("index", index).with("message", message.object());
    }

    @Override
    public JsonFields piece(int index, String text) {
        JsonFields delta = text.isEmpty() ? new JsonFields() : new JsonFields().with("content", text);
        return new JsonFields().with("index", index).with("delta", delta.object());
    }

    @Override
    public Optional<JsonFields> opening(int index) {
        JsonFields delta = new JsonFields().with("role", ASSISTANT).with("content", "");
        return Optional.of(new JsonFields().with("index", index).with("delta", delta.object()));
    }

    /** One object a token; the end of the text is none, as in OpenAI's API. */
    @Override
    public JsonObject logProbabilities(List<Token> tokens) {
        List<JsonObject> content = new ArrayList<>();
        for (Token token : tokens) {
            if (token.prediction().isEmpty() || token.prediction().get().isEnd()) {
                continue;
            }
            BytePrediction prediction = token.prediction().get();
            List<JsonObject> top = new ArrayList<>();
            for (Candidate candidate : prediction.likeliest()) {
                top.add(token(candidate.value(), candidate.logProbability()).object());
            }
            content.add(token(prediction.value(), prediction.logProbability())
                    .with("top_logprobs", top)
                    .object());
        }
        return new JsonFields().with("content", content).object();
    }

    private static JsonFields token(int value, double logProbability) {
        JsonFields fields =
                new JsonFields().with("token", ByteTokens.name(value)).with("logprob", TokenNumbers.of(logProbability));
        return value == BytePrediction.END
                ? fields.withNull("bytes")
                : fields.with("bytes", List.of(JsonNumber.of(value)));
    }
}
