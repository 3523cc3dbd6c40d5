package io.retort.eval.tasks;

import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import java.util.List;

/**
 * A model as tasks see it: bundle, expert, teacher or endpoint alike. The answer to a list equals the answers to its members
 * one by one. Implementations say whether they are thread-safe.
 */
public interface TaskModel {
    /** The name under which results are reported. */
    String name();

    /**
     * How likely continuations are, in order; no NaN.
     *
     * @param detail whether it has to be told if they are what the model would have written; false where it was not asked
     */
    List<ContinuationScore> score(List<ScoringRequest> requests, Detail detail);

    /** What the model writes after prompts, by taking the likeliest, up to the first of the texts to stop at. */
    List<String> generate(List<String> prompts, List<String> until, GenerationLimits limits);

    /** What is asked about a continuation. */
    enum Detail {
        LIKELIHOOD,
        /** The likelihood, and whether the continuation is the greedy one. */
        GREEDY
    }
}
