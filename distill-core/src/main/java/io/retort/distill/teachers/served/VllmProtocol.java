package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.UnsuitableTeacherException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * vLLM's completions with prompt ids: {@code prompt_logprobs} gives, for each id after the first, the K most likely tokens
 * and the actual one. One token is generated along with it, as {@code max_tokens: 0} is refused.
 */
final class VllmProtocol implements ServerProtocol {
    private static final String COMPLETIONS = "/v1/completions";
    /** Id, log-probability, rank and text of an entry, with room to spare. */
    private static final long BYTES_AN_ENTRY = 256;

    @Override
    public ServerFacts facts(ServerConnection connection, String model)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        JsonNode card = ModelList.of(connection, model);
        String version =
                connection.get("/version", answer -> answer.path("version").asText("of unknown version"));
        int length = card.path("max_model_len").asInt(0);
        return new ServerFacts(
                ProtocolChoice.VLLM,
                "vllm " + version,
                card.path("id").asText(),
                card.path("root").asText(""),
                0,
                // Of its length, one place is the beginning-of-sequence's and one the generated token's.
                Math.max(0, length - 2),
                0);
    }

    @Override
    public SequenceScores score(ServerConnection connection, Prompt prompt)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        ObjectNode request = request(prompt, Wish.ofScoring(1)).put("prompt_logprobs", prompt.entries());
        long most = (1L << 20) + BYTES_AN_ENTRY * prompt.ids().length * (prompt.entries() + 1);
        return connection.post(COMPLETIONS, request, most, answer -> scores(answer, prompt));
    }

    private static ObjectNode request(Prompt prompt, Wish wish) {
        ObjectNode request = Answers.object();
        request.put("model", prompt.model());
        request.set("prompt", Answers.ids(prompt.ids()));
        wish.addSamplingAlone(request.put("max_tokens", wish.mostTokens()), "seed");
        return request.put("add_special_tokens", false).put("return_token_ids", true);
    }

    private static JsonNode choice(JsonNode answer, Prompt prompt) throws InvalidAnswerException {
        String model = answer.path("model").asText();
        if (!model.equals(prompt.model())) {
            throw new UnsuitableTeacherException(
                    "expected the model \"" + prompt.model() + "\" to answer, found \"" + model + "\"");
        }
        JsonNode choice = Answers.list(answer.path("choices"), 1, "choices").path(0);
        JsonNode echoed = choice.path("prompt_token_ids");
        if (!echoed.isMissingNode() && !echoed.isNull()) { // versions before 0.10.2 do not say
            Answers.sameIds(echoed, prompt.ids(), "prompt_token_ids");
        }
        return choice;
    }

    private static SequenceScores scores(JsonNode answer, Prompt prompt) throws InvalidAnswerException {
        JsonNode positions =
                Answers.list(choice(answer, prompt).path("prompt_logprobs"), prompt.ids().length, "prompt_logprobs");
        List<LikelyTokens> scores = new ArrayList<>(prompt.positions());
        for (int position = 0; position < prompt.positions(); position++) {
            EntryList entries = new EntryList(prompt, position);
            for (Map.Entry<String, JsonNode> entry :
                    positions.path(position + 1).properties()) {
                entries.add(
                        id(entry.getKey()),
                        Answers.logProbability(entry.getValue().path("logprob"), entry.getKey()));
            }
            if (!entries.hasActual()) {
                throw new InvalidAnswerException("expected token " + prompt.ids()[position + 1]
                        + " among the entries of " + (position + 1) + ", found none of it");
            }
            scores.add(entries.build(entries.actualOr(Float.NaN)));
        }
        return new SequenceScores(scores);
    }

    private static int id(String key) throws InvalidAnswerException {
        if (!key.matches("0|[1-9][0-9]{0,8}")) {
            throw new InvalidAnswerException(
                    "expected a token id as key of prompt_logprobs, found \"" + ServerWords.of(key) + "\"");
        }
        return Integer.parseInt(key);
    }

    @Override
    public Continuation continuation(ServerConnection connection, Prompt prompt, Wish wish)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        long most = (1L << 20) + wish.mostTokens() * BYTES_AN_ENTRY;
        return connection.post(COMPLETIONS, request(prompt, wish), most, answer -> {
            JsonNode choice = choice(answer, prompt);
            return new Continuation(
                    Answers.ids(choice.path("token_ids"), "token_ids"),
                    choice.path("finish_reason").asText().equals("stop"));
        });
    }

    @Override
    public Optional<int[]> tokens(ServerConnection connection, String model, String text)
            throws FailedRequestException, InterruptedException {
        return TokenizePage.tokens(connection, model, text);
    }

    @Override
    public int mostInFlight() {
        return Integer.MAX_VALUE;
    }
}
