package io.retort.inference.server;

import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.TextReader;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.server.CompletionRequest.Delivery;
import io.retort.inference.server.CompletionRequest.Echo;
import io.retort.inference.server.CompletionRequest.Likelihoods;
import io.retort.inference.server.CompletionRequest.Reporting;
import io.retort.inference.server.CompletionRequest.Writing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Makes requests of bodies. Members that would change the answer's meaning and are not understood are refused; others that
 * clients send, such as {@code user}, are passed over. Thread-safe.
 */
final class RequestReading {
    private static final int DEFAULT_MAX_BYTES = 1024;
    private static final int MOST_MAX_BYTES = 32_768;
    private static final int SYMBOLS_A_BYTE = 3;
    /** Bytes that a request may be told; with log-probabilities, each byte and each of its candidates counts. */
    private static final long MOST_TOLD = 1 << 17;

    /** Members that only these values leave without an effect; null and a member left out do too. */
    private static final Map<String, Set<JsonValue>> NEUTRAL = neutral();

    private final ServedModels models;
    private final LongSupplier seeds;
    private final int maxSymbols;

    /**
     * @param maxSymbols of a text, prompt and answer together
     * @param seeds of draws that the client gives none for
     */
    RequestReading(ServedModels models, int maxSymbols, LongSupplier seeds) {
        this.models = models;
        this.maxSymbols = maxSymbols;
        this.seeds = seeds;
    }

    int maxSymbols() {
        return maxSymbols;
    }

    private static Map<String, Set<JsonValue>> neutral() {
        Set<JsonValue> one = Set.of(new JsonNumber("1"), new JsonNumber("1.0"));
        Set<JsonValue> zero = Set.of(new JsonNumber("0"), new JsonNumber("0.0"));
        Set<JsonValue> nothing =
                Set.of(new JsonArray(List.of()), new JsonFields().object(), new JsonString(""), JsonBoolean.FALSE);
        Map<String, Set<JsonValue>> neutral = new LinkedHashMap<>();
        List.of("n", "best_of", "repetition_penalty").forEach(name -> neutral.put(name, one));
        List.of("presence_penalty", "frequency_penalty", "min_p", "min_tokens")
                .forEach(name -> neutral.put(name, zero));
        List.of(
                        "suffix",
                        "logit_bias",
                        "tools",
                        "functions",
                        "audio",
                        "ignore_eos",
                        "use_beam_search",
                        "prompt_logprobs")
                .forEach(name -> neutral.put(name, nothing));
        return neutral;
    }

    /** Reads the body of {@code /v1/completions}. */
    CompletionRequest completion(RequestFields fields) {
        requireNeutral(fields);
        Likelihoods likelihoods = fields.value("logprobs")
                        .filter(value -> value != JsonBoolean.FALSE)
                        .isPresent()
                ? Likelihoods.TOLD
                : Likelihoods.KEPT;
        int candidates = likelihoods == Likelihoods.TOLD
                ? (int) fields.integer("logprobs", 0, 0, BytePrediction.MOST_CANDIDATES)
                : 0;
        Reporting reporting = new Reporting(
                fields.isTrue("echo") ? Echo.PROMPT_TOO : Echo.ANSWER_ONLY,
                likelihoods,
                candidates,
                (int) fields.integer("context_bytes", 0, 0, maxSymbols),
                delivery(fields));
        return request(fields, Prompts.ofCompletion(fields), "max_tokens", reporting);
    }

    /** Reads the body of {@code /v1/chat/completions}. */
    CompletionRequest chat(RequestFields fields) {
        requireNeutral(fields);
        Likelihoods likelihoods = fields.isTrue("logprobs") ? Likelihoods.TOLD : Likelihoods.KEPT;
        int candidates = (int) fields.integer("top_logprobs", 0, 0, BytePrediction.MOST_CANDIDATES);
        if (likelihoods == Likelihoods.KEPT && candidates > 0) {
            throw ApiException.invalid("top_logprobs", "expected logprobs to be true beside top_logprobs");
        }
        Reporting reporting = new Reporting(Echo.ANSWER_ONLY, likelihoods, candidates, 0, delivery(fields));
        String limit = fields.value("max_completion_tokens").isPresent() ? "max_completion_tokens" : "max_tokens";
        return request(fields, List.of(Prompts.ofChat(fields)), limit, reporting);
    }

    private CompletionRequest request(RequestFields fields, List<Prompt> prompts, String limit, Reporting reporting) {
        int maxBytes = (int) fields.integer(limit, DEFAULT_MAX_BYTES, 0, MOST_MAX_BYTES);
        long told = 0;
        for (Prompt prompt : prompts) {
            int symbols = TextReader.symbolsOf(prompt.bytes());
            if (symbols + SYMBOLS_A_BYTE > maxSymbols) {
                throw ApiException.invalid(
                        "prompt",
                        "expected a prompt of at most " + (maxSymbols - SYMBOLS_A_BYTE)
                                + " symbols (a byte of printable ASCII is one, another three), found " + symbols);
            }
            if (reporting.contextBytes() > prompt.bytes().length) {
                throw ApiException.invalid("context_bytes", "expected no more context_bytes than a prompt has");
            }
            told += (reporting.scoresPrompt() ? prompt.bytes().length : 0) + Math.min(maxBytes, maxSymbols - symbols);
        }
        if (told > MOST_TOLD && reporting.likelihoods() == Likelihoods.KEPT) {
            throw ApiException.invalid(
                    limit,
                    "expected answers of at most " + MOST_TOLD + " bytes together, found " + prompts.size()
                            + " prompts with room for " + told + "; ask for less of " + limit);
        }
        if (reporting.likelihoods() == Likelihoods.TOLD && told * (1 + reporting.candidates()) > MOST_TOLD) {
            throw ApiException.invalid(
                    "logprobs",
                    "expected at most " + MOST_TOLD + " log-probabilities, found " + told + " bytes with "
                            + reporting.candidates() + " candidates each; ask for less of max_tokens or logprobs");
        }
        String model = fields.text("model", models.standard());
        return new CompletionRequest(
                model, models.selection(model), prompts, writing(fields, maxBytes), reporting, told);
    }

    private Writing writing(RequestFields fields, int maxBytes) {
        double temperature = fields.number("temperature", 0);
        double topP = fields.number("top_p", 1);
        // vLLM's clients write -1 where all tokens may be drawn.
        int topK = (int) Math.max(0, fields.integer("top_k", 0, -1, Integer.MAX_VALUE));
        Sampling sampling;
        try {
            sampling = new Sampling(temperature, topP, topK);
        } catch (IllegalArgumentException e) {
            throw ApiException.of(400, String.valueOf(e.getMessage()));
        }
        List<String> stops = fields.texts("stop", GenerationOptions.MAX_STOPS);
        if (stops.contains("")) {
            throw ApiException.invalid("stop", "expected texts to stop at that are not empty, found an empty one");
        }
        long seed =
                fields.value("seed").isPresent() ? fields.integer("seed", 0, -(1L << 53), 1L << 53) : seeds.getAsLong();
        return new Writing(maxBytes, sampling, seed, stops, ResponseFormat.of(fields, maxBytes));
    }

    private static Delivery delivery(RequestFields fields) {
        if (!fields.isTrue("stream")) {
            return Delivery.WHOLE;
        }
        return fields.object("stream_options").isTrue("include_usage") ? Delivery.EVENTS_WITH_USAGE : Delivery.EVENTS;
    }

    private static void requireNeutral(RequestFields fields) {
        NEUTRAL.forEach((name, allowed) -> fields.value(name).ifPresent(value -> {
            if (!allowed.contains(value)) {
                throw ApiException.invalid(
                        name, "expected no " + name + " or one without an effect, found one that is not supported");
            }
        }));
    }
}
