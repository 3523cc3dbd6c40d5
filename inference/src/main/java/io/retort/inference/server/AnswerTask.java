package io.retort.inference.server;

import io.retort.inference.Answer;
import io.retort.inference.AnswerWriting;
import io.retort.inference.Retort;
import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.ByteWatcher;
import io.retort.inference.ensembles.GivenText;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.memory.MemoryLimitException;
import io.retort.inference.memory.MemoryWaitException;
import io.retort.inference.memory.Patience;
import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.StopReason;
import io.retort.inference.server.CompletionRequest.Likelihoods;
import io.retort.inference.server.CompletionRequest.Reporting;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;

/**
 * The answers to one request as a worker writes them and another thread takes them. The worker never waits for a client: what
 * is not taken yet is kept, and is no more than the answers are.
 */
final class AnswerTask implements Runnable {
    private static final System.Logger LOG = System.getLogger(AnswerTask.class.getName());

    /** Symbols of a prompt that are read in one go: some milliseconds. */
    private static final int PIECE_SYMBOLS = 256;

    private final Retort shared;
    private final CompletionRequest request;
    private final long deadline;
    private final Optional<Rendering> rendering;
    private volatile boolean cancelled;

    // What follows is guarded by this.
    private List<Piece> fresh = new ArrayList<>();
    private boolean over;
    private Optional<byte[]> rendered = Optional.empty();
    private Optional<ApiException> failure = Optional.empty();

    /**
     * Answers to be taken as they are written, or as a whole.
     *
     * @param deadline of {@link System#nanoTime} at which the answers have to be there
     * @param rendering what the worker makes of all pieces; empty where they are taken one by one
     */
    AnswerTask(Retort retort, CompletionRequest request, long deadline, Optional<Rendering> rendering) {
        shared = retort;
        this.request = request;
        this.deadline = deadline;
        this.rendering = rendering;
    }

    /**
     * Makes a body of all pieces. The worker does it before it begins with another request, so that no more requests than there are
     * workers have their pieces in memory, which take many times the bytes of a body.
     */
    @FunctionalInterface
    interface Rendering {
        byte[] render(List<Piece> pieces);
    }

    /** What is known of the answer to prompt {@code index}. */
    sealed interface Piece {
        int index();
    }

    /** A byte of the prompt or of the answer, or the end of the text, where log-probabilities are told. */
    record Told(int index, BytePrediction prediction) implements Piece {}

    /** Bytes of the answer where none are: a prediction each would take many times as much. */
    record Written(int index, ByteArrayOutputStream bytes) implements Piece {}

    /** An answer ends. */
    record Ended(int index, StopReason stop, Routing routing) implements Piece {}

    @Override
    public void run() {
        try {
            for (int i = 0; i < request.prompts().size(); i++) {
                requireWanted();
                answer(i);
            }
            if (rendering.isPresent()) {
                byte[] body = rendering.get().render(drain());
                synchronized (this) {
                    rendered = Optional.of(body);
                }
            }
            end(Optional.empty());
        } catch (CancellationException e) {
            // Nobody waits for what was written.
            end(Optional.empty());
        } catch (ApiException e) {
            end(Optional.of(e));
        } catch (MemoryLimitException e) {
            end(Optional.of(ApiException.of(400, String.valueOf(e.getMessage()))));
        } catch (MemoryWaitException e) {
            LOG.log(Level.WARNING, "no room for an answer: {0}", e.getMessage());
            end(Optional.of(ApiException.of(503, "other answers held the memory that this one needs; try again")));
        } catch (OutOfMemoryError e) {
            // A long text before all experts takes tens of MB: fewer threads, or a larger heap, would have room for it.
            LOG.log(Level.WARNING, "no memory for an answer: {0}", e.getMessage());
            end(Optional.of(ApiException.of(503, "the server has no memory for a text of this length now")));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "answering failed", e);
            end(Optional.of(ApiException.of(500, "answering failed; the server's log says why")));
        }
    }

    private void answer(int index) {
        // Neither who has left nor who has no time left keeps a worker that waits for memory.
        Retort retort = shared.waiting(Patience.of(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))
                .unless(() -> cancelled));
        Prompt prompt = request.prompts().get(index);
        Reporting reporting = request.reporting();
        Telling telling = new Telling(index);
        Answer answer = reporting.scoresPrompt()
                ? retort.complete(
                        new GivenText(prompt.bytes(), reporting.contextBytes()),
                        request.writing().options(),
                        request.selection(),
                        telling::accept,
                        telling::next)
                : write(retort.begin(
                        prompt.bytes(),
                        request.writing().options(),
                        request.selection(),
                        telling::accept,
                        telling::next));
        telling.end(answer);
    }

    /** Tells of one text. */
    private final class Telling {
        private final int index;
        private final boolean predicted = request.reporting().likelihoods() == Likelihoods.TOLD;
        private final boolean wanted = request.writing().maxBytes() > 0;
        private final ByteWatcher watcher = new ByteWatcher(request.reporting().candidates(), this::predicted);
        /** Of bytes that may yet be part of a text to stop at. */
        private final Queue<BytePrediction> uncertain = new ArrayDeque<>();
        /** Bytes of the prompt that are still to be told. */
        private int given;

        Telling(int index) {
            this.index = index;
            given = request.reporting().scoresPrompt()
                    ? request.prompts().get(index).bytes().length
                    : 0;
        }

        void next(Mixture mixture, int symbol) {
            // Not at told bytes alone: a text to stop at may hold many of them back.
            requireWanted();
            if (predicted) {
                watcher.next(mixture, symbol);
            }
        }

        private void predicted(BytePrediction prediction) {
            if (given > 0) {
                given--;
                tell(new Told(index, prediction));
            } else {
                uncertain.add(prediction);
            }
        }

        boolean accept(byte value) {
            if (wanted && predicted) {
                tell(new Told(index, uncertain.remove()));
            } else if (wanted) {
                tell(index, value);
            }
            return wanted;
        }

        void end(Answer answer) {
            StopReason stop = wanted ? answer.generation().stop() : StopReason.BYTE_LIMIT;
            // A schema that lets nothing more follow ends an answer without asking for an end.
            if (stop == StopReason.END_OF_TEXT && !uncertain.isEmpty()) {
                tell(new Told(index, uncertain.remove()));
            }
            tell(new Ended(index, stop, answer.routing()));
        }
    }

    /** Reads a prompt in pieces, between which it is seen that nobody waits any more. */
    private Answer write(AnswerWriting begun) {
        try (AnswerWriting writing = begun) {
            requireWanted();
            while (writing.advance(PIECE_SYMBOLS)) {
                requireWanted();
            }
            return writing.answer();
        }
    }

    private void requireWanted() {
        if (cancelled) {
            throw new CancellationException();
        }
        if (System.nanoTime() - deadline > 0) {
            throw ApiException.of(503, "the answer took longer than this server allows");
        }
    }

    /** Ends the work as soon as the worker sees it; does nothing where it is done. */
    void cancel() {
        cancelled = true;
    }

    private synchronized void tell(Piece piece) {
        fresh.add(piece);
        if (fresh.size() == 1) {
            notifyAll();
        }
    }

    private synchronized void tell(int index, byte value) {
        if (!fresh.isEmpty() && fresh.get(fresh.size() - 1) instanceof Written written && written.index() == index) {
            written.bytes().write(value);
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(value);
        tell(new Written(index, bytes));
    }

    private synchronized void end(Optional<ApiException> why) {
        failure = why;
        over = true;
        notifyAll();
    }

    /** Returns whether nothing more comes but what {@link #take} gives. */
    synchronized boolean isOver() {
        return over;
    }

    /**
     * Returns what has come since the last call: waits for the end at least {@code leastMillis}, and for anything at all at most
     * {@code mostMillis}.
     *
     * @throws ApiException where the work failed
     */
    synchronized List<Piece> take(long leastMillis, long mostMillis) throws InterruptedException {
        long begun = System.nanoTime();
        while (!over) {
            long waited = (System.nanoTime() - begun) / 1_000_000;
            long left = (fresh.isEmpty() ? mostMillis : leastMillis) - waited;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        if (over && failure.isPresent()) {
            throw failure.get();
        }
        return drain();
    }

    /** Returns what was rendered, or nothing where that is not there within {@code mostMillis}. */
    synchronized Optional<byte[]> body(long mostMillis) throws InterruptedException {
        long begun = System.nanoTime();
        long left = mostMillis;
        while (!over && left > 0) {
            wait(left);
            left = mostMillis - (System.nanoTime() - begun) / 1_000_000;
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return rendered;
    }

    private synchronized List<Piece> drain() {
        List<Piece> taken = fresh;
        fresh = new ArrayList<>();
        return taken;
    }
}
