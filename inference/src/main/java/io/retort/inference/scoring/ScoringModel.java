package io.retort.inference.scoring;

import java.util.List;

/**
 * A model as the evaluation sees it: teacher, expert or routed ensemble alike. The answer to a list equals the answers
 * to its members one by one. Implementations say whether they are thread-safe.
 */
public interface ScoringModel extends AutoCloseable {
    /** Returns the name under which results are reported. */
    String name();

    /**
     * Returns for each request, in order, ln p(continuation | context) in nats, summed over the continuation's bytes,
     * with ln p(end of text) where the request's ending is {@link Ending#END}. Never NaN; may be negative infinity.
     */
    double[] logLikelihoods(List<ScoringRequest> requests);

    /** Returns for each prompt, in order, its greedy continuation within the limits. */
    List<Generation> generate(List<byte[]> prompts, GenerationLimits limits);

    @Override
    void close();
}
