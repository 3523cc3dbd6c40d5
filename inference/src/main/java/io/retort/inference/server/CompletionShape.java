package io.retort.inference.server;

import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.BytePrediction.Candidate;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNull;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.server.ChoiceText.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /v1/completions}. */
record CompletionShape() implements ReplyShape {
    @Override
    public String idPrefix() {
        return "cmpl-";
    }

    @Override
    public String wholeObject() {
        return "text_completion";
    }

    @Override
    public String eventObject() {
        return "text_completion";
    }

    @Override
    public JsonFields whole(int index, String text) {
        return new JsonFields().with("index", index).with("text", text);
    }

    @Override
    public JsonFields piece(int index, String text) {
        return whole(index, text);
    }

    @Override
    public Optional<JsonFields> opening(int index) {
        return Optional.empty();
    }

    /** One array a property, as the older of OpenAI's two shapes has it. */
    @Override
    public JsonObject logProbabilities(List<Token> tokens) {
        List<JsonValue> names = new ArrayList<>();
        List<JsonValue> logProbabilities = new ArrayList<>();
        List<JsonValue> tops = new ArrayList<>();
        List<JsonValue> offsets = new ArrayList<>();
        for (Token token : tokens) {
            Optional<BytePrediction> told = token.prediction();
            names.add(new JsonString(
                    ByteTokens.name(told.map(BytePrediction::value).orElse(BytePrediction.END))));
            logProbabilities.add(told.<JsonValue>map(prediction -> TokenNumbers.of(prediction.logProbability()))
                    .orElse(JsonNull.NULL));
            tops.add(told.<JsonValue>map(CompletionShape::top).orElse(JsonNull.NULL));
            offsets.add(JsonNumber.of(token.offset()));
        }
        return new JsonFields()
                .with("tokens", new JsonArray(names))
                .with("token_logprobs", new JsonArray(logProbabilities))
                .with("top_logprobs", new JsonArray(tops))
                .with("text_offset", new JsonArray(offsets))
                .object();
    }

    /** The likeliest and, among them or beside them, the one that came. */
    private static JsonObject top(BytePrediction prediction) {
        JsonFields top = new JsonFields();
        for (Candidate candidate : prediction.likeliest()) {
            top.with(ByteTokens.name(candidate.value()), TokenNumbers.of(candidate.logProbability()));
        }
        return top.with(ByteTokens.name(prediction.value()), TokenNumbers.of(prediction.logProbability()))
                .object();
    }
}
