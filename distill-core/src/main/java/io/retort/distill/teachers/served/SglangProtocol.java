package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.LikelyTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SGLang's native {@code /generate} with input ids: {@code input_token_logprobs} gives the actual tokens, {@code
 * input_top_logprobs} the K most likely of each position; both begin with a place for the first id, which nothing predicts.
 */
final class SglangProtocol implements ServerProtocol {
    private static final String GENERATE = "/generate";
    private static final long BYTES_AN_ENTRY = 64;
    private static final int NOT_FOUND = 404;

    @Override
    public ServerFacts facts(ServerConnection connection, String model)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        JsonNode info = page(connection, "model_info");
        JsonNode server = page(connection, "server_info");
        String path = info.path("model_path").asText();
        ServerFacts facts = new ServerFacts(
                ProtocolChoice.SGLANG,
                "sglang " + server.path("version").asText("of unknown version"),
                server.path("served_model_name").asText(path),
                path + weightVersion(info),
                0,
                // The longest input is one below this number, and one place is the beginning-of-sequence's.
                Math.max(0, server.path("max_req_input_len").asInt(0) - 2),
                0);
        facts.requireModel(model, connection.where());
        return facts;
    }

    /** Up to some version the pages' names began with {@code get_}; later ones warn that those names will go. */
    private static JsonNode page(ServerConnection connection, String name)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        try {
            return connection.get("/" + name, answer -> answer);
        } catch (RefusedRequestException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            return connection.get("/get_" + name, answer -> answer);
        }
    }

    private static String weightVersion(JsonNode info) {
        String version = info.path("weight_version").asText("default");
        return version.equals("default") ? "" : "@" + version;
    }

    @Override
    public SequenceScores score(ServerConnection connection, Prompt prompt)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        ObjectNode request = request(prompt, Wish.ofScoring(0))
                .put("return_logprob", true)
                .put("logprob_start_len", 0)
                .put("top_logprobs_num", prompt.entries());
        long most = (1L << 20) + BYTES_AN_ENTRY * prompt.ids().length * (prompt.entries() + 1);
        return connection.post(GENERATE, request, most, answer -> scores(answer.path("meta_info"), prompt));
    }

    private static ObjectNode request(Prompt prompt, Wish wish) {
        ObjectNode request = Answers.object();
        request.set("input_ids", Answers.ids(prompt.ids()));
        ObjectNode parameters = wish.addSamplingAlone(request.putObject("sampling_params"), "sampling_seed");
        parameters.put("max_new_tokens", wish.mostTokens());
        return request;
    }

    private static SequenceScores scores(JsonNode meta, Prompt prompt) throws InvalidAnswerException {
        int length = prompt.ids().length;
        JsonNode actual = Answers.list(meta.path("input_token_logprobs"), length, "input_token_logprobs");
        JsonNode likely = Answers.list(meta.path("input_top_logprobs"), length, "input_top_logprobs");
        List<LikelyTokens> scores = new ArrayList<>(prompt.positions());
        for (int position = 0; position < prompt.positions(); position++) {
            JsonNode token = actual.path(position + 1);
            int id = Answers.id(token.path(1), "input_token_logprobs");
            if (id != listed(prompt, position + 1)) {
                throw new InvalidAnswerException("expected token " + prompt.ids()[position + 1] + " at "
                        + (position + 1) + " of input_token_logprobs, found " + id);
            }
            EntryList entries = new EntryList(prompt, position);
            for (JsonNode entry : likely.path(position + 1)) {
                entries.add(
                        Answers.id(entry.path(1), "input_top_logprobs"),
                        Answers.logProbability(entry.path(0), "input_top_logprobs"));
            }
            scores.add(entries.build(Answers.logProbability(token.path(0), "input_token_logprobs")));
        }
        return new SequenceScores(scores);
    }

    /** The id that the server lists for one of a prompt: it writes 0 for its vocabulary's last, though it scores that. */
    private static int listed(Prompt prompt, int at) {
        int id = prompt.ids()[at];
        return id == prompt.vocabulary() - 1 ? 0 : id;
    }

    /**
     * Asks for the ids' log-probabilities by name, which is refused where the model lacks one; among {@code input_ids} it
     * would end the server (seen with 0.5.23).
     */
    @Override
    public void requireIds(ServerConnection connection, Prompt prompt)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        Prompt harmless =
                new Prompt(new int[] {prompt.ids()[0]}, prompt.vocabulary(), prompt.entries(), prompt.model());
        ObjectNode request = request(harmless, Wish.ofScoring(1)).put("return_logprob", true);
        request.set("token_ids_logprob", Answers.ids(prompt.ids()));
        connection.post(GENERATE, request, 1L << 20, answer -> answer);
    }

    @Override
    public Continuation continuation(ServerConnection connection, Prompt prompt, Wish wish)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        long most = (1L << 20) + wish.mostTokens() * BYTES_AN_ENTRY;
        return connection.post(
                GENERATE,
                request(prompt, wish),
                most,
                answer -> new Continuation(
                        Answers.ids(answer.path("output_ids"), "output_ids"),
                        answer.path("meta_info")
                                .path("finish_reason")
                                .path("type")
                                .asText()
                                .equals("stop")));
    }

    @Override
    public Optional<int[]> tokens(ServerConnection connection, String model, String text)
            throws FailedRequestException, InterruptedException {
        return TokenizePage.tokens(connection, model, text); // older versions have none
    }

    @Override
    public int mostInFlight() {
        return Integer.MAX_VALUE;
    }
}
