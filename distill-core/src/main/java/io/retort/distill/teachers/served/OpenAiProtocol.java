package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.LikelyTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * OpenAI's completions with {@code echo} and {@code logprobs}, as some other servers have them. Entries are told by their
 * text and not by id: a sequence with an entry whose text is no token's, or several tokens', is refused, since leaving it
 * out would store a distribution that is not the teacher's.
 */
final class OpenAiProtocol implements ServerProtocol {
    private static final String COMPLETIONS = "/v1/completions";
    private static final long BYTES_AN_ENTRY = 256;

    private final TokenTexts texts;

    OpenAiProtocol(Tokenizer tokenizer) {
        this.texts = new TokenTexts(tokenizer);
    }

    @Override
    public ServerFacts facts(ServerConnection connection, String model)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        JsonNode card = ModelList.of(connection, model);
        return new ServerFacts(
                ProtocolChoice.OPENAI,
                "openai-compatible, of " + card.path("owned_by").asText("unknown"),
                card.path("id").asText(),
                card.path("root").asText(""),
                0,
                Math.max(0, card.path("max_model_len").asInt(0) - 2),
                0);
    }

    @Override
    public SequenceScores score(ServerConnection connection, Prompt prompt)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        ObjectNode request =
                request(prompt, Wish.ofScoring(1)).put("echo", true).put("logprobs", prompt.entries());
        long most = (1L << 20) + BYTES_AN_ENTRY * prompt.ids().length * (prompt.entries() + 1);
        return connection.post(
                COMPLETIONS,
                request,
                most,
                answer -> scores(answer.path("choices").path(0).path("logprobs"), prompt));
    }

    private static ObjectNode request(Prompt prompt, Wish wish) {
        ObjectNode request = Answers.object();
        request.put("model", prompt.model());
        request.set("prompt", Answers.ids(prompt.ids()));
        return wish.addSampling(request.put("max_tokens", wish.mostTokens()), "seed");
    }

    private SequenceScores scores(JsonNode logprobs, Prompt prompt)
            throws InvalidAnswerException, RefusedRequestException {
        if (!logprobs.isObject() || logprobs.path("tokens").size() < 2) {
            throw new RefusedRequestException(200, "no log-probabilities of the prompt in the answer");
        }
        int length = logprobs.path("tokens").size();
        if (length != prompt.ids().length && length != prompt.ids().length + 1) { // with or without what it generated
            throw new InvalidAnswerException("expected " + prompt.ids().length + " tokens, found " + length);
        }
        JsonNode actual = Answers.list(logprobs.path("token_logprobs"), length, "token_logprobs");
        JsonNode likely = Answers.list(logprobs.path("top_logprobs"), length, "top_logprobs");
        List<LikelyTokens> scores = new ArrayList<>(prompt.positions());
        for (int position = 0; position < prompt.positions(); position++) {
            int id = prompt.ids()[position + 1];
            String text = logprobs.path("tokens").path(position + 1).asText();
            if (texts.of(id).filter(expected -> !expected.equals(text)).isPresent()) {
                throw new InvalidAnswerException("expected the text of token " + id + " at " + (position + 1)
                        + " of tokens, found \"" + ServerWords.of(text) + "\"");
            }
            EntryList entries = entries(likely.path(position + 1), prompt, position);
            scores.add(entries.build(Answers.logProbability(actual.path(position + 1), "token_logprobs")));
        }
        return new SequenceScores(scores);
    }

    private EntryList entries(JsonNode likely, Prompt prompt, int position)
            throws InvalidAnswerException, RefusedRequestException {
        EntryList entries = new EntryList(prompt, position);
        for (Map.Entry<String, JsonNode> entry : likely.properties()) {
            OptionalInt id = texts.id(entry.getKey());
            if (id.isEmpty()) {
                throw new RefusedRequestException(
                        200,
                        "the entry \"" + ServerWords.of(entry.getKey()) + "\" at position " + position
                                + " is the text of no token or of several");
            }
            entries.add(id.getAsInt(), Answers.logProbability(entry.getValue(), "top_logprobs"));
        }
        return entries;
    }

    /** The ids of a written text are not told by all of these servers. */
    @Override
    public Continuation continuation(ServerConnection connection, Prompt prompt, Wish wish)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        long most = (1L << 20) + wish.mostTokens() * BYTES_AN_ENTRY;
        return connection.post(COMPLETIONS, request(prompt, wish), most, answer -> {
            JsonNode choice = answer.path("choices").path(0);
            String text = choice.path("text").asText();
            return new Continuation(
                    texts.encode(text), choice.path("finish_reason").asText().equals("stop"));
        });
    }

    @Override
    public Optional<int[]> tokens(ServerConnection connection, String model, String text) {
        return Optional.empty();
    }

    @Override
    public int mostInFlight() {
        return Integer.MAX_VALUE;
    }
}
