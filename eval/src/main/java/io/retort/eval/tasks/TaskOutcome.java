package io.retort.eval.tasks;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What came of one document under one filter: all that its metrics need.
 *
 * @param document its place in the split
 * @param filter whose text was judged
 * @param prompt what was asked
 * @param target what was expected
 * @param response what the model wrote, and what was left of it; empty where it only scored
 * @param logLikelihoods of the continuations, nats
 * @param greedy whether each was the greedy one
 * @param metrics by metric
 */
public record TaskOutcome(
        long document,
        String filter,
        String prompt,
        String target,
        Response response,
        List<Double> logLikelihoods,
        List<Boolean> greedy,
        Map<TaskMetric, Part> metrics) {
    public TaskOutcome {
        logLikelihoods = List.copyOf(logLikelihoods);
        greedy = List.copyOf(greedy);
        metrics = Map.copyOf(metrics);
    }

    /** @param filtered what was judged */
    public record Response(String written, String filtered) {
        static final Response NONE = new Response("", "");
    }

    /**
     * What a document adds to a ratio.
     *
     * @param top a score, or nats lost; not negative
     * @param units documents (1), words or bytes
     */
    public record Part(double top, long units) {
        public Part {
            if (!(top >= 0) || units < 0) {
                throw new IllegalArgumentException("expected two numbers of at least 0, found " + top + ", " + units);
            }
        }
    }

    /** The log-likelihood of what was expected, where the model scored just that. */
    public OptionalDouble logLikelihood() {
        return logLikelihoods.size() == 1 ? OptionalDouble.of(logLikelihoods.get(0)) : OptionalDouble.empty();
    }
}
