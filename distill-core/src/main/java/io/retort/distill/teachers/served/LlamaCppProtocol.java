package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.UnsuitableTeacherException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * llama.cpp's own server. It gives log-probabilities of what it generates and not of prompts, so a sequence is sent as the
 * list of its prefixes, each with one token to generate.
 *
 * <p>Its numbers depend in the last bits on how a prefix got into its cache. So that the same sequence has the same numbers
 * every time, all prefixes go in one request to one slot, shortest first: each is the one before it and one token more, and
 * the answer says whether it was computed so. Where another request came between, the sequence is asked for again.
 */
final class LlamaCppProtocol implements ServerProtocol {
    private static final String COMPLETION = "/completion";
    private static final String PROBABILITIES = "completion_probabilities";
    private static final long BYTES_AN_ENTRY = 1024; // a token's text comes twice, its bytes as numbers
    /** Prefixes of one request for whole distributions: bounds the answer. */
    private static final int WHOLE_AT_ONCE = 4;

    @Override
    public ServerFacts facts(ServerConnection connection, String model)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        JsonNode card = connection.get(
                "/v1/models",
                answer -> Answers.list(answer.path("data"), 1, "data").path(0));
        JsonNode properties = connection.get("/props", answer -> answer);
        JsonNode meta = card.path("meta");
        int slotContext =
                properties.path("default_generation_settings").path("n_ctx").asInt(0);
        ServerFacts facts = new ServerFacts(
                ProtocolChoice.LLAMA_CPP,
                "llama.cpp " + properties.path("build_info").asText("of unknown build"),
                card.path("id").asText(),
                properties.path("model_path").asText("")
                        + (meta.has("size") ? " of " + meta.path("size").asLong() + " bytes" : ""),
                meta.path("n_vocab").asInt(0),
                // The longest prefix has as many tokens as are scored, and must leave a place.
                Math.max(0, slotContext - 1),
                meta.path("n_params").asLong(0));
        facts.requireModel(model, connection.where());
        return facts;
    }

    @Override
    public SequenceScores score(ServerConnection connection, Prompt prompt)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        int[] all = new int[prompt.positions()];
        Arrays.setAll(all, i -> i);
        List<EntryList> positions = connection.post(
                COMPLETION,
                request(prompt, all, prompt.entries()).put("cache_prompt", true),
                mostBytes(prompt, all.length),
                answer -> oneStepEach(answer, prompt));
        int[] unknown = Arrays.stream(all)
                .filter(position -> !positions.get(position).hasActual())
                .toArray();
        float[] others = unknown.length == 0 ? new float[0] : actual(connection, prompt, unknown);
        List<LikelyTokens> scores = new ArrayList<>(positions.size());
        int other = 0;
        for (EntryList entries : positions) {
            float actual = entries.hasActual() ? entries.actualOr(Float.NaN) : others[other++];
            scores.add(built(entries, actual));
        }
        return new SequenceScores(scores);
    }

    private static LikelyTokens built(EntryList entries, float actual) {
        try {
            return entries.build(actual);
        } catch (InvalidAnswerException e) {
            throw new IllegalStateException("expected entries that were looked at, found " + e.getMessage(), e);
        }
    }

    private static long mostBytes(Prompt prompt, int prefixes) {
        return (1L << 20) + (long) prefixes * ((prompt.entries() + 1) * BYTES_AN_ENTRY + 4096);
    }

    /** The prefixes that predict these positions. */
    private static ObjectNode request(Prompt prompt, int[] positions, int entries) {
        ObjectNode request = Answers.object();
        ArrayNode prefixes = request.putArray("prompt");
        for (int position : positions) {
            prefixes.add(Answers.ids(Arrays.copyOf(prompt.ids(), position + 1)));
        }
        request.put("n_predict", 1)
                .put("temperature", 0)
                .put("n_probs", entries)
                .put("id_slot", 0);
        request.putArray("response_fields")
                .add("index")
                .add("model")
                .add(PROBABILITIES)
                .add("timings/cache_n")
                .add("timings/prompt_n");
        return request;
    }

    /** The entries of all positions, if each prefix was computed by one step on top of the one before. */
    private static List<EntryList> oneStepEach(JsonNode answer, Prompt prompt) throws InvalidAnswerException {
        List<JsonNode> results = byIndex(answer, prompt.positions());
        List<EntryList> positions = new ArrayList<>();
        for (int position = 0; position < results.size(); position++) {
            JsonNode result = results.get(position);
            requireModel(result, prompt);
            int cached = result.path("timings/cache_n").asInt(-1);
            int computed = result.path("timings/prompt_n").asInt(-1);
            if (cached != position || computed != 1) {
                throw new InvalidAnswerException("expected prefix " + position + " computed by one step on " + position
                        + " cached tokens, found " + computed + " on " + cached
                        + ": another request came between (or the server is too old to say)");
            }
            EntryList entries = entries(result, prompt, position);
            entries.build(Float.NaN);
            positions.add(entries);
        }
        return positions;
    }

    private static void requireModel(JsonNode result, Prompt prompt) {
        String model = result.path("model").asText(prompt.model());
        if (!model.equals(prompt.model())) {
            throw new UnsuitableTeacherException(
                    "expected the model \"" + prompt.model() + "\" to answer, found \"" + model + "\"");
        }
    }

    private static EntryList entries(JsonNode result, Prompt prompt, int position) throws InvalidAnswerException {
        EntryList entries = new EntryList(prompt, position);
        JsonNode generated =
                Answers.list(result.path(PROBABILITIES), 1, PROBABILITIES).path(0);
        for (JsonNode entry : generated.path("top_logprobs")) {
            entries.add(
                    Answers.id(entry.path("id"), "top_logprobs"),
                    Answers.logProbability(entry.path("logprob"), "top_logprobs"));
        }
        return entries;
    }

    private static List<JsonNode> byIndex(JsonNode answer, int count) throws InvalidAnswerException {
        if (count == 1 && answer.isObject()) {
            return List.of(answer);
        }
        Answers.list(answer, count, "results");
        JsonNode[] results = new JsonNode[count];
        for (JsonNode result : answer) {
            int index = Answers.id(result.path("index"), "index");
            if (index >= count || results[index] != null) {
                throw new InvalidAnswerException("expected each index below " + count + " once, found " + index);
            }
            results[index] = result;
        }
        return List.of(results);
    }

    /**
     * Log-probabilities of actual tokens that are not among the most likely: from whole distributions, each computed from
     * nothing, since only a whole sequence's prefixes come in an order that the cache knows.
     */
    private static float[] actual(ServerConnection connection, Prompt prompt, int[] positions)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        Prompt whole = new Prompt(prompt.ids(), prompt.vocabulary(), prompt.vocabulary(), prompt.model());
        float[] actual = new float[positions.length];
        for (int from = 0; from < positions.length; from += WHOLE_AT_ONCE) {
            int[] some = Arrays.copyOfRange(positions, from, Math.min(positions.length, from + WHOLE_AT_ONCE));
            float[] found = connection.post(
                    COMPLETION,
                    request(whole, some, whole.vocabulary()).put("cache_prompt", false),
                    mostBytes(whole, some.length),
                    answer -> actualOf(answer, whole, some));
            System.arraycopy(found, 0, actual, from, found.length);
        }
        return actual;
    }

    private static float[] actualOf(JsonNode answer, Prompt whole, int[] positions) throws InvalidAnswerException {
        List<JsonNode> results = byIndex(answer, positions.length);
        float[] actual = new float[positions.length];
        for (int i = 0; i < positions.length; i++) {
            EntryList entries = entries(results.get(i), whole, positions[i]);
            if (!entries.hasActual()) {
                throw new InvalidAnswerException("expected all tokens at position " + positions[i] + ", found none for "
                        + whole.ids()[positions[i] + 1]);
            }
            actual[i] = entries.actualOr(Float.NaN);
        }
        return actual;
    }

    @Override
    public Continuation continuation(ServerConnection connection, Prompt prompt, Wish wish)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        ObjectNode request = Answers.object();
        request.set("prompt", Answers.ids(prompt.ids()));
        request.put("n_predict", wish.mostTokens())
                .put("id_slot", 0)
                .put("cache_prompt", false)
                .put("return_tokens", true);
        wish.addSampling(request, "seed");
        if (!wish.sampling().greedy()) {
            // The whole chain, in this order: by default other filters come in front, and top-p before the temperature.
            request.putArray("samplers").add("temperature").add("top_p");
        }
        long most = (1L << 20) + wish.mostTokens() * BYTES_AN_ENTRY;
        return connection.post(
                COMPLETION,
                request,
                most,
                answer -> new Continuation(
                        Answers.ids(answer.path("tokens"), "tokens"),
                        answer.path("stop_type").asText().equals("eos")));
    }

    @Override
    public Optional<int[]> tokens(ServerConnection connection, String model, String text)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        ObjectNode request =
                Answers.object().put("content", text).put("add_special", false).put("parse_special", false);
        return Optional.of(
                connection.post("/tokenize", request, 1 << 20, answer -> Answers.ids(answer.path("tokens"), "tokens")));
    }

    /** Its numbers depend on what shares a pass, and requests for one slot wait for each other anyway. */
    @Override
    public int mostInFlight() {
        return 1;
    }
}
