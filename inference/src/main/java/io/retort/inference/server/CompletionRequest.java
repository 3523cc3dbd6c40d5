package io.retort.inference.server;

import io.retort.inference.ExpertSelection;
import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import java.util.List;

/**
 * What a client asks for, checked.
 *
 * @param selection the experts that {@code model} names
 * @param told bytes of prompts and answers that are told, at the most
 */
record CompletionRequest(
        String model,
        ExpertSelection selection,
        List<Prompt> prompts,
        Writing writing,
        Reporting reporting,
        long told) {
    /** What a prediction takes that has no candidates, its piece and its token included. */
    private static final int PREDICTION_MEMORY = 128;

    private static final int CANDIDATE_MEMORY = 32;

    CompletionRequest {
        prompts = List.copyOf(prompts);
    }

    /**
     * How answers are written.
     *
     * @param maxBytes of an answer; 0 for none at all
     * @param constraint what it may be
     */
    record Writing(int maxBytes, Sampling sampling, long seed, List<String> stops, ByteConstraint constraint) {
        /** Options of at least one byte, as there have to be. */
        GenerationOptions options() {
            GenerationLimits limits = new GenerationLimits(Math.max(1, maxBytes));
            return new GenerationOptions(limits, sampling, seed, stops, constraint);
        }
    }

    /**
     * What is told of them.
     *
     * @param candidates likeliest bytes told at each place
     * @param contextBytes of a prompt that choose the experts where its own log-probabilities are told
     */
    record Reporting(Echo echo, Likelihoods likelihoods, int candidates, int contextBytes, Delivery delivery) {
        /** Whether the prompt has log-probabilities of its own. */
        boolean scoresPrompt() {
            return echo == Echo.PROMPT_TOO && likelihoods == Likelihoods.TOLD;
        }
    }

    /** Whether the prompt comes back before the answer. */
    enum Echo {
        ANSWER_ONLY,
        PROMPT_TOO
    }

    /** Whether log-probabilities are told. */
    enum Likelihoods {
        KEPT,
        TOLD
    }

    /** How an answer reaches the client. */
    enum Delivery {
        WHOLE,
        EVENTS,
        EVENTS_WITH_USAGE
    }

    /** Returns about how many bytes of memory what is told takes, at the most, until a client has taken it. */
    int toldMemory() {
        boolean predicted = reporting.likelihoods() == Likelihoods.TOLD;
        return Math.toIntExact(told * (predicted ? PREDICTION_MEMORY + reporting.candidates() * CANDIDATE_MEMORY : 1));
    }

    /** Returns how many bytes all prompts have. */
    int promptBytes() {
        return prompts.stream().mapToInt(prompt -> prompt.bytes().length).sum();
    }
}
