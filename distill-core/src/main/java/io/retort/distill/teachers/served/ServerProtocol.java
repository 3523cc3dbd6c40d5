package io.retort.distill.teachers.served;

import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.UnsuitableTeacherException;
import java.util.Optional;

/** One kind of server's requests and answers. Implementations hold no state and are safe for use by many threads. */
interface ServerProtocol {
    /**
     * Asks the server what it is.
     *
     * @param model the model that must answer; empty for the only one
     * @throws UnsuitableTeacherException if it serves another, or several and none is named
     */
    ServerFacts facts(ServerConnection connection, String model)
            throws RefusedRequestException, FailedRequestException, InterruptedException;

    /**
     * Has a sequence scored.
     *
     * @throws RefusedRequestException if the server will not
     */
    SequenceScores score(ServerConnection connection, Prompt prompt)
            throws RefusedRequestException, FailedRequestException, InterruptedException;

    /**
     * Makes sure that the server's model has a sequence's ids.
     *
     * @throws RefusedRequestException if it lacks one
     */
    default void requireIds(ServerConnection connection, Prompt prompt)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        score(connection, prompt);
    }

    /**
     * Has a sequence continued until the end of text or the limit.
     *
     * @return the ids after the prompt's; the end of text may be missing
     */
    Continuation continuation(ServerConnection connection, Prompt prompt, Wish wish)
            throws RefusedRequestException, FailedRequestException, InterruptedException;

    /** A text as the server's own tokenizer reads it, without special tokens; empty where the server does not tell. */
    Optional<int[]> tokens(ServerConnection connection, String model, String text)
            throws RefusedRequestException, FailedRequestException, InterruptedException;

    /** Requests at once beyond which the server's numbers depend on what else it does. */
    int mostInFlight();

    /**
     * What a server wrote.
     *
     * @param ids of the tokens
     * @param ended whether it stopped by itself
     */
    record Continuation(int[] ids, boolean ended) {}

    /** The protocol of this name, for a server that reads this tokenizer's ids. */
    static ServerProtocol of(ProtocolChoice choice, Tokenizer tokenizer) {
        return switch (choice) {
            case VLLM -> new VllmProtocol();
            case SGLANG -> new SglangProtocol();
            case LLAMA_CPP -> new LlamaCppProtocol();
            case OPENAI -> new OpenAiProtocol(tokenizer);
            case AUTO -> throw new IllegalArgumentException("expected a kind of server, found " + choice);
        };
    }
}
