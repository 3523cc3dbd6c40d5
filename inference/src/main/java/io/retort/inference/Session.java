package io.retort.inference;

import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.ensembles.TextReader;
import io.retort.inference.ensembles.TextWriting;
import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text that grows by what is read and what is generated, of which each turn reads only what is new. What it says is what
 * {@link Retort} says of the whole text, to the last bit, whose first bytes chose the experts: however the text came about.
 *
 * <p>Costs what its experts remember of a text, while there is room: under a bound on memory a session that is not being asked
 * anything gives its memory to others who need it, and reads its text again when it is next asked. So thousands may be open, and
 * none is in the way of another. Close it to give the memory back for good.
 *
 * <p>Symbols are one a byte of printable ASCII or newline, three another byte, and one the start of the text.
 *
 * <p>Belongs to one thread at a time; sessions of one {@link Retort} run side by side. Every method but {@link #close} and
 * {@link #pause} throws {@link IllegalStateException} once it is closed, and those that change or ask something while an answer of
 * {@link #begin} goes on.
 */
public final class Session implements AutoCloseable {
    /** Symbols that a session may have unless said otherwise. */
    public static final int DEFAULT_SYMBOLS = 4096;

    private final Retort retort;
    private final SessionStart start;
    private final SessionText text;

    /** Volatile, for another thread clears it when it takes the memory of a session that rests. */
    private volatile @Nullable SessionReading reading;

    private @Nullable TextWriting writing;
    private boolean closed;

    Session(Retort retort, SessionStart start, byte[] text) {
        this.retort = retort;
        this.start = start;
        this.text = new SessionText(text);
    }

    /** Returns the experts, which stay. */
    public Routing routing() {
        return start.routing();
    }

    /** Returns all that was read and generated. */
    public byte[] text() {
        return text.bytes().clone();
    }

    /** Returns how many symbols its text has, the start included. */
    public int symbols() {
        return text.symbols();
    }

    /** Returns how many symbols its text may have; an answer that comes up against it may end one symbol beyond. */
    public int maxSymbols() {
        return start.maxSymbols();
    }

    /**
     * Reads on.
     *
     * <p>Where it throws, the text is as it was.
     *
     * @throws IllegalArgumentException where the text would pass {@link #maxSymbols}
     */
    public void read(byte[] more) {
        int before = text.bytes().length;
        append(more);
        boolean done = false;
        try {
            ask(1, mixture -> 0);
            done = true;
        } finally {
            if (!done) {
                text.cutTo(before);
            }
        }
    }

    /**
     * Takes what follows into the text without reading it: {@link #advance} does in pieces, or what is next asked in one go.
     *
     * @throws IllegalArgumentException where the text would pass {@link #maxSymbols}
     */
    public void append(byte[] more) {
        requireReady();
        text.requireRoom(more, maxSymbols());
        text.append(more);
    }

    /**
     * Reads at most {@code symbols} symbols, 1 or more, of what was not read yet, for a caller that must not stand still; returns
     * whether there is more. While there is, the session keeps its memory until {@link #pause}; it may be asked or closed at any
     * time.
     */
    public boolean advance(int symbols) {
        requireReady();
        if (symbols < 1) {
            throw new IllegalArgumentException("expected at least 1 symbol to advance by, found " + symbols);
        }
        SessionReading now = resumed(1, symbols);
        boolean more = now.isBehind(text);
        if (!more) {
            rest(now);
        }
        return more;
    }

    /**
     * Lets others have the memory of a text that was read in part, as between two questions; what they do not take is gone on with.
     * Nothing where there is none.
     */
    public void pause() {
        SessionReading now = reading;
        if (now != null && writing == null && now.hold().resume()) {
            text.letGo();
            rest(now);
        }
    }

    /**
     * Takes back all of the text behind its first {@code length} bytes. What is left is read again when it is next asked for.
     *
     * @throws IllegalArgumentException where it has no more than that, or the bytes that chose the experts would go too
     */
    public void truncate(int length) {
        requireReady();
        int longest = text.bytes().length;
        if (length < start.contextBytes() || length > longest) {
            throw new IllegalArgumentException("expected " + start.contextBytes() + " to " + longest
                    + " bytes of a text to keep, found " + length);
        }
        if (length < longest) {
            forget();
            text.cutTo(length);
        }
    }

    /**
     * Generates what follows, which becomes part of the text; an answer that is cancelled by {@code listener} up to and with the
     * byte that it last took, a text to stop at not at all. Where that, or an escape that is not the shortest, leaves experts
     * beyond the text, the next turn reads all of it once more.
     *
     * <p>What {@code listener} throws leaves the text as it was.
     */
    public Answer generate(GenerationOptions options, ByteListener listener) {
        AnswerWriting answer = begin(options, listener);
        answer.advance(Integer.MAX_VALUE);
        return answer.answer();
    }

    /**
     * Begins what {@link #generate} does in one go, for a caller that does it in pieces. The session waits until the answer has
     * ended or was cancelled; what was told of it until then is part of the text.
     */
    public AnswerWriting begin(GenerationOptions options, ByteListener listener) {
        requireReady();
        SessionReading now = resumed(1, Integer.MAX_VALUE);
        Mixture mixture = now.mixture();
        int before = mixture.position();
        List<Integer> written = new ArrayList<>();
        boolean done = false;
        try {
            TextWriting begun = TextWriting.after(mixture, options, listener, (asked, symbol) -> written.add(symbol));
            writing = begun;
            mixture.whenClosed(() -> end(begun, before, written));
            done = true;
            return new AnswerWriting(routing(), begun, 0);
        } finally {
            // Nothing was read where a constraint fails as it starts.
            if (!done) {
                rest(now);
            }
        }
    }

    /** Takes what was written into the text, and keeps what the experts read of it where they read nothing else. */
    private void end(TextWriting ended, int before, List<Integer> written) {
        writing = null;
        SessionReading now = reading;
        if (now == null || !ended.hasEnded()) {
            forget();
            return;
        }
        List<Integer> read = written.subList(0, now.mixture().position() - before);
        if (text.append(ended.generation().bytes(), read)) {
            rest(now);
        } else {
            forget();
        }
    }

    /** Returns what may come next. */
    public Prediction predict() {
        requireReady();
        return ask(1, mixture -> Prediction.of(mixture, routing()));
    }

    /**
     * Returns the log-likelihood in nats of a continuation, which does not become part of the text. The first call makes room for
     * a second memory of the text, and reads all of it again for that.
     *
     * @throws IllegalArgumentException where text and continuation would pass {@link #maxSymbols}
     */
    public double logLikelihood(byte[] continuation, Ending ending) {
        requireReady();
        text.requireRoom(continuation, maxSymbols());
        return ask(2, mixture -> TextReader.score(mixture.copy(), continuation, ending));
    }

    /**
     * Returns what {@link Retort#restore} makes this session of again, about as long as its text. Who reads it reads the text;
     * what it was to be kept from harm by is the business of who keeps it.
     */
    public byte[] save() {
        requireReady();
        return SavedSession.write(retort.bundle(), start, text.bytes());
    }

    /** Gives the memory back; an answer that goes on is cancelled. */
    @Override
    public void close() {
        TextWriting open = writing;
        if (open != null) {
            open.cancel();
        }
        forget();
        closed = true;
    }

    private <T> T ask(int texts, Function<Mixture, T> question) {
        SessionReading now = resumed(texts, Integer.MAX_VALUE);
        boolean done = false;
        try {
            T answer = question.apply(now.mixture());
            done = true;
            return answer;
        } finally {
            if (done) {
                rest(now);
            } else {
                forget();
            }
        }
    }

    /** Returns a reading of the text that nobody else can take, of which at most {@code most} symbols more are read. */
    private SessionReading resumed(int texts, int most) {
        if (symbols() > maxSymbols()) {
            throw new IllegalStateException(
                    "expected a session with room, found a full one of " + maxSymbols() + " symbols");
        }
        SessionReading now = reading;
        boolean done = false;
        try {
            if (now == null || !now.hold().resume() || now.texts() < texts) {
                forget();
                now = SessionReading.begin(retort, start, texts);
                reading = now;
            }
            now.readOn(text, most);
            done = true;
            return now;
        } finally {
            if (!done) {
                forget();
            }
        }
    }

    private void rest(SessionReading now) {
        now.hold().rest(() -> reading = null);
    }

    private void forget() {
        SessionReading now = reading;
        reading = null;
        if (now != null) {
            now.hold().close();
        }
    }

    private void requireReady() {
        if (closed || writing != null) {
            throw new IllegalStateException(
                    "expected an open session, found one " + (closed ? "that is closed" : "whose answer goes on"));
        }
    }
}
