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

    @Override
    public ServerFacts facts(ServerConnection connection, String model)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        JsonNode info = connection.get("/get_model_info", answer -> answer);
        JsonNode server = connection.get("/get_server_info", answer -> answer);
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
        ObjectNode parameters = request.putObject("sampling_params").put("max_new_tokens", wish.mostTokens());
        wish.addSamplingAlone(parameters);
        if (!wish.sampling().greedy()) {
            parameters.put("sampling_seed", wish.shortSeed());
        }
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
            if (id != prompt.ids()[position + 1]) {
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

    /** Only its newest versions have a page for it, which takes other arguments in each. */
    @Override
    public Optional<int[]> tokens(ServerConnection connection, String model, String text) {
        return Optional.empty();
    }

    @Override
    public int mostInFlight() {
        return Integer.MAX_VALUE;
    }
}
