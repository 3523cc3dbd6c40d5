package io.retort.inference;

import io.retort.inference.ensembles.TextWriting;
import io.retort.inference.routing.Routing;

/**
 * An answer that is written in pieces: {@link #advance} until there is no more to do, then {@link #answer}. However it is
 * cut, the answer is the same. Belongs to one thread at a time.
 */
public final class AnswerWriting implements AutoCloseable {
    private final Routing routing;
    private final TextWriting writing;
    private final int droppedBytes;

    AnswerWriting(Routing routing, TextWriting writing, int droppedBytes) {
        this.routing = routing;
        this.writing = writing;
        this.droppedBytes = droppedBytes;
    }

    /** Returns the experts that write it, which are known before its first byte. */
    public Routing routing() {
        return routing;
    }

    /**
     * Reads or writes at most {@code symbols} symbols of prompt and answer, 1 or more; returns whether there is more to do.
     * Once there is not, it does nothing. There is not either where it has thrown: the answer has failed.
     *
     * @throws ArithmeticException where an expert's sums overflow
     */
    public boolean advance(int symbols) {
        return writing.advance(symbols);
    }

    /** Ends the answer where it is; nothing where it has ended. */
    public void cancel() {
        writing.cancel();
    }

    /** As {@link #cancel}: an answer that is not gone on with gives its memory back. */
    @Override
    public void close() {
        cancel();
    }

    /**
     * Returns the answer.
     *
     * @throws IllegalStateException before it has ended, and where it has failed
     */
    public Answer answer() {
        return new Answer(writing.generation(), routing, droppedBytes);
    }
}
