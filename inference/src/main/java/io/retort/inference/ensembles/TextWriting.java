package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.StopReason;
import org.jspecify.annotations.Nullable;

/**
 * A text that is read and then gone on with in pieces of as many symbols as its caller has time for. However it is cut, the
 * same is written. Belongs to one thread at a time.
 */
public final class TextWriting implements AutoCloseable {
    private final Mixture mixture;
    private final int[] prompt; // with END, which starts a text, before it; empty where the mixture has read it
    private final AllowedSymbols allowed;
    private final SymbolChoice choice;
    private final Answering answer;
    private final SymbolWatcher watcher;
    private int read;
    private int last;
    private long written;
    private double logLikelihood;
    private boolean closed;

    @Nullable
    private StopReason stop;

    /**
     * Begins; reads nothing yet.
     *
     * @param mixture that has read nothing and has room for the prompt and the start before it
     */
    TextWriting(
            Mixture mixture, byte[] prompt, GenerationOptions options, ByteListener listener, SymbolWatcher watcher) {
        this(mixture, Alphabet.begin(prompt), new Manner(options, listener, watcher));
    }

    private TextWriting(Mixture mixture, int[] prompt, Manner manner) {
        this.mixture = mixture;
        this.prompt = prompt;
        GenerationOptions options = manner.options;
        watcher = manner.watcher;
        allowed = new AllowedSymbols(options.constraint());
        choice = new SymbolChoice(options.sampling(), options.seed());
        answer = new Answering(options, manner.listener);
    }

    /**
     * Goes on with a text.
     *
     * @param mixture that has read the text, and is closed once the answer has ended
     * @param watcher of what is written
     */
    public static TextWriting after(
            Mixture mixture, GenerationOptions options, ByteListener listener, SymbolWatcher watcher) {
        return new TextWriting(mixture, new int[0], new Manner(options, listener, watcher));
    }

    private record Manner(GenerationOptions options, ByteListener listener, SymbolWatcher watcher) {}

    /**
     * Reads or writes at most {@code symbols} symbols, 1 or more; returns whether there is more to do. Once there is not,
     * it does nothing. There is not either where it has thrown: the text has failed, and its experts are given back.
     *
     * @throws ArithmeticException where the students' sums overflow
     */
    public boolean advance(int symbols) {
        if (symbols < 1) {
            throw new IllegalArgumentException("expected at least 1 symbol to advance by, found " + symbols);
        }
        if (closed) {
            return false;
        }
        boolean goesOn = false;
        try {
            goesOn = readAndWrite(symbols);
        } finally {
            if (!goesOn) {
                closeMixture();
            }
        }
        return goesOn;
    }

    private boolean readAndWrite(int symbols) {
        int left = symbols;
        int reading = Math.min(left, prompt.length - 1 - read);
        if (stop == null && reading > 0) {
            mixture.prefill(prompt, read, read + reading);
            read += reading;
            left -= reading;
        }
        for (; left > 0 && stop == null; left--) {
            if (prompt.length > 0 || written > 0) {
                mixture.step(written == 0 ? prompt[prompt.length - 1] : last);
            }
            write();
        }
        return stop == null;
    }

    /** Ends the text where it is; nothing where it has ended or failed. */
    public void cancel() {
        try {
            if (!closed && stop == null) {
                stop = answer.finish(StopReason.CANCELLED);
            }
        } finally {
            // Whatever the listener does that hears the last bytes, the memory goes back.
            closeMixture();
        }
    }

    /** Once: whose mixture it is may go on with it. */
    private void closeMixture() {
        if (!closed) {
            closed = true;
            mixture.close();
        }
    }

    /** Returns whether the text has ended, so that there is a {@link #generation}. */
    public boolean hasEnded() {
        return stop != null;
    }

    /** As {@link #cancel}: a text that is not gone on with gives its memory back. */
    @Override
    public void close() {
        cancel();
    }

    /**
     * Returns what was written, with the log-likelihood of all of it, a text to stop at included; half an escape at the end
     * is dropped.
     *
     * @throws IllegalStateException before it has ended, and where it has failed
     */
    public Generation generation() {
        if (stop == null) {
            throw new IllegalStateException(
                    "expected a text that has ended, found one that " + (closed ? "failed" : "goes on"));
        }
        return new Generation(answer.bytes(), stop, logLikelihood);
    }

    /** Writes the next symbol. A constraint is kept to; a text that has met it where a limit is reached ended by itself. */
    private void write() {
        allowed.limit(answer.room(), mixture.capacity() - mixture.position() + 1);
        last = choice.next(mixture, allowed);
        written++;
        logLikelihood += mixture.logProbability(last);
        watcher.next(mixture, last);
        if (last == Alphabet.END) {
            stop = answer.finish(StopReason.END_OF_TEXT);
            return;
        }
        int value = allowed.accept(last);
        if (value >= 0) {
            StopReason why = answer.accept(value, allowed);
            // The listener may have cancelled it.
            stop = stop == null ? why : stop;
        }
        if (stop == null && mixture.position() == mixture.capacity()) {
            stop = answer.finish(allowed.whole() ? StopReason.END_OF_TEXT : StopReason.CONTEXT_LIMIT);
        }
    }
}
