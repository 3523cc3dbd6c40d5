package io.retort.distill.teachers.served;

import io.retort.distill.teachers.UnsuitableTeacherException;
import java.util.List;
import java.util.Optional;

/**
 * Sends sequences to a server and hands back what became of each, in order, on the caller's thread. Safe for use by many
 * threads, which share the bound on requests at once.
 */
final class SequenceRequests implements AutoCloseable {
    /** What a server says of a text rather than of itself. */
    static final List<Integer> OF_THE_SEQUENCE = List.of(200, 400, 413, 422);

    private final ServerConnection connection;
    private final ServerProtocol protocol;
    private final OutageWatch.Check sameModel;
    private final OutageWatch watch;
    private final OrderedRequests requests;

    SequenceRequests(ServerConnection connection, ServerProtocol protocol, OutageWatch.Check sameModel, int inFlight) {
        this.connection = connection;
        this.protocol = protocol;
        this.sameModel = sameModel;
        this.watch = new OutageWatch(connection, sameModel);
        this.requests = new OrderedRequests(inFlight);
    }

    /**
     * What became of a sequence.
     *
     * @param scores empty where it was refused
     * @param refusal the server's words, empty where it was not
     */
    record Outcome(Optional<SequenceScores> scores, String refusal) {}

    /**
     * What became of a prompt.
     *
     * @param text that goes on from it; empty where it was refused
     * @param refusal the server's words, empty where it was not
     */
    record Continued(Optional<ServerProtocol.Continuation> text, String refusal) {}

    void scores(List<Prompt> prompts, OrderedRequests.Receiver<Outcome> receiver) {
        requests.send(prompts.size(), index -> score(prompts.get(index)), receiver);
    }

    /**
     * Continuations, as many as prompts.
     *
     * @param wishes one a prompt
     */
    void continuations(List<Prompt> prompts, List<Wish> wishes, OrderedRequests.Receiver<Continued> receiver) {
        requests.send(prompts.size(), index -> continuation(prompts.get(index), wishes.get(index)), receiver);
    }

    private Outcome score(Prompt prompt) throws InterruptedException {
        if (prompt.positions() == 0) {
            return new Outcome(Optional.of(new SequenceScores(List.of())), "");
        }
        try {
            SequenceScores scores = protocol.score(connection, prompt);
            watch.answered();
            return new Outcome(Optional.of(scores), "");
        } catch (RefusedRequestException e) {
            return refused(e);
        } catch (FailedRequestException e) {
            // On this sequence or on all? A plain text tells.
            sameModel.run();
            return new Outcome(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private Outcome refused(RefusedRequestException e) {
        if (OF_THE_SEQUENCE.contains(e.status())) {
            return new Outcome(Optional.empty(), String.valueOf(e.getMessage()));
        }
        throw new UnsuitableTeacherException(
                "expected the server at " + connection.where() + " to answer, found " + e.getMessage(), e);
    }

    private Continued continuation(Prompt prompt, Wish wish) throws InterruptedException {
        try {
            ServerProtocol.Continuation continuation = protocol.continuation(connection, prompt, wish);
            watch.answered();
            return new Continued(Optional.of(continuation), "");
        } catch (RefusedRequestException e) {
            return new Continued(Optional.empty(), refused(e).refusal());
        } catch (FailedRequestException e) {
            sameModel.run();
            return new Continued(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        requests.close();
    }
}
