package io.retort.eval.outcomes;

import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model that answers from a table: prompt → answer, and "context|continuation" → log-likelihood. */
final class ScriptedModel implements ScoringModel {
    final Map<String, String> answers = new HashMap<>();
    final Map<String, Double> logLikelihoods = new HashMap<>();
    final Map<String, StopReason> stops = new HashMap<>();
    final List<Integer> limits = new ArrayList<>();
    /** A text that holds this is refused, as one too long would be; empty for none. */
    String refused = "";

    /** What an unlisted request costs, nats a byte and for the end. */
    static final double NATS_A_SYMBOL = 1.5;

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public double[] logLikelihoods(List<ScoringRequest> requests) {
        return requests.stream().mapToDouble(this::logLikelihood).toArray();
    }

    private double logLikelihood(ScoringRequest request) {
        String key = text(request.context()) + "|" + text(request.continuation());
        requireAccepted(key);
        int symbols = request.continuation().length + (request.ending() == Ending.END ? 1 : 0);
        return logLikelihoods.getOrDefault(key, -NATS_A_SYMBOL * symbols);
    }

    @Override
    public List<Generation> generate(List<byte[]> prompts, GenerationLimits limit) {
        List<Generation> generations = new ArrayList<>();
        for (byte[] prompt : prompts) {
            limits.add(limit.maxBytes());
            requireAccepted(text(prompt));
            byte[] bytes = answers.getOrDefault(text(prompt), "").getBytes(StandardCharsets.ISO_8859_1);
            generations.add(new Generation(bytes, stops.getOrDefault(text(prompt), StopReason.END_OF_TEXT), -1));
        }
        return generations;
    }

    private void requireAccepted(String text) {
        if (!refused.isEmpty() && text.contains(refused)) {
            throw new IllegalArgumentException("expected a shorter text");
        }
    }

    @Override
    public void close() {}

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
