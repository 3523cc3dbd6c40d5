package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.ScoringRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Generates and scores with mixtures of its own for each text. As thread-safe as the source of its mixtures. */
public final class TextModel {
    /**
     * The longest text unless {@link TextOptions} say otherwise, prompt and answer together, in symbols: one a byte, three for a byte outside printable ASCII,
     * and one for the start. 32,768 bytes of prompt leave 4,095 for the answer.
     */
    public static final int MAX_SYMBOLS = 36_864;

    private static final int SYMBOLS_A_BYTE = 3;

    private final MixtureSource source;
    private final int maxSymbols;

    /** A model whose mixtures come from {@code source}, of texts of up to {@link #MAX_SYMBOLS}. */
    public TextModel(MixtureSource source) {
        this(source, MAX_SYMBOLS);
    }

    /** A model whose mixtures come from {@code source}, of texts of up to {@code maxSymbols}. */
    public TextModel(MixtureSource source, int maxSymbols) {
        this.source = source;
        this.maxSymbols = maxSymbols;
    }

    /**
     * Generates the answer to {@code prompt} and tells {@code listener} each byte as it comes. The answer goes on until the
     * text ends, one of the texts to stop at was written, limits are reached, the listener wants no more or the mixture is
     * full.
     *
     * @throws IllegalArgumentException where the prompt has no room within the longest text
     */
    public Generation generate(byte[] prompt, GenerationOptions options, ByteListener listener) {
        return generate(prompt, options, listener, SymbolWatcher.NONE);
    }

    /** Generates as {@link #generate(byte[], GenerationOptions, ByteListener)} does, the answer under the eyes of {@code watcher}. */
    public Generation generate(byte[] prompt, GenerationOptions options, ByteListener listener, SymbolWatcher watcher) {
        TextWriting writing = begin(prompt, options, listener, watcher);
        writing.advance(Integer.MAX_VALUE);
        return writing.generation();
    }

    /**
     * Begins what {@link #generate} does in one go, for a caller that does it in pieces.
     *
     * @throws IllegalArgumentException where the prompt has no room within the longest text
     */
    public TextWriting begin(byte[] prompt, GenerationOptions options, ByteListener listener) {
        return begin(prompt, options, listener, SymbolWatcher.NONE);
    }

    /** Begins as {@link #begin(byte[], GenerationOptions, ByteListener)} does, the answer under the eyes of {@code watcher}. */
    public TextWriting begin(byte[] prompt, GenerationOptions options, ByteListener listener, SymbolWatcher watcher) {
        int read = TextReader.symbolsOf(prompt);
        requireRoom(read, "prompt", prompt.length);
        long wanted = read + (long) SYMBOLS_A_BYTE * options.limits().maxBytes();
        Mixture mixture = source.mixtureFor(prompt, (int) Math.min(maxSymbols, wanted));
        boolean begun = false;
        try {
            TextWriting writing = new TextWriting(mixture, prompt, options, listener, watcher);
            begun = true;
            return writing;
        } finally {
            // A constraint is not ours and may fail where it starts: nobody else could give the experts back.
            if (!begun) {
                mixture.close();
            }
        }
    }

    /**
     * Goes on with a text, all of it read under the eyes of {@code watcher}, who sees what is written too.
     *
     * @throws IllegalArgumentException where the text has no room within the longest text
     */
    public Generation complete(
            GivenText text, GenerationOptions options, ByteListener listener, SymbolWatcher watcher) {
        byte[] given = text.bytes();
        int read = TextReader.symbolsOf(given);
        requireRoom(read, "text", given.length);
        long wanted = read + (long) SYMBOLS_A_BYTE * options.limits().maxBytes();
        try (Mixture mixture = source.mixtureFor(text.context(), (int) Math.min(maxSymbols, wanted))) {
            TextReader.begin(mixture, new byte[0]);
            TextReader.read(mixture, given, watcher);
            TextWriting writing = TextWriting.after(mixture, options, listener, watcher);
            writing.advance(Integer.MAX_VALUE);
            return writing.generation();
        }
    }

    /**
     * Shows {@code watcher} each symbol of a continuation, and the end of the text where the request has it end.
     *
     * @throws IllegalArgumentException where context and continuation pass the longest text
     */
    public void watch(ScoringRequest request, SymbolWatcher watcher) {
        byte[] context = request.context();
        byte[] continuation = request.continuation();
        int symbols = TextReader.symbolsOf(context) + TextReader.symbolsOf(continuation);
        requireRoom(symbols, "text", context.length + continuation.length);
        try (Mixture mixture = source.mixtureFor(context, symbols)) {
            TextReader.begin(mixture, context);
            TextReader.read(mixture, continuation, watcher);
            if (request.ending() == Ending.END) {
                watcher.next(mixture, Alphabet.END);
            }
        }
    }

    /**
     * Returns the log-likelihoods in nats of continuations, in order. Neighbours that share a context share the work of
     * reading it.
     *
     * @throws IllegalArgumentException where context and continuation pass the longest text
     */
    public double[] logLikelihoods(List<ScoringRequest> requests) {
        double[] scores = new double[requests.size()];
        int from = 0;
        while (from < scores.length) {
            byte[] context = requests.get(from).context();
            int to = from + 1;
            while (to < scores.length && Arrays.equals(context, requests.get(to).context())) {
                to++;
            }
            scoreGroup(requests.subList(from, to), scores, from);
            from = to;
        }
        return scores;
    }

    /** Scores requests of one context into {@code scores} from {@code at}. */
    private void scoreGroup(List<ScoringRequest> group, double[] scores, int at) {
        byte[] context = group.get(0).context();
        try (Mixture begun = source.mixtureFor(context, symbols(group))) {
            TextReader.begin(begun, context);
            for (int i = 0; i < group.size(); i++) {
                ScoringRequest request = group.get(i);
                Mixture mixture = i == group.size() - 1 ? begun : begun.copy();
                scores[at + i] = TextReader.score(mixture, request.continuation(), request.ending());
            }
        }
    }

    /**
     * Returns what is said of continuations, in order, with whether each is the greedy one. Neighbours that share a context share
     * the work of reading it.
     *
     * @throws IllegalArgumentException where context and continuation pass the longest text
     */
    public List<ContinuationScore> scores(List<ScoringRequest> requests) {
        List<ContinuationScore> scores = new ArrayList<>();
        int from = 0;
        while (from < requests.size()) {
            int to = from + 1;
            while (to < requests.size()
                    && Arrays.equals(
                            requests.get(from).context(), requests.get(to).context())) {
                to++;
            }
            watchGroup(requests.subList(from, to), scores);
            from = to;
        }
        return scores;
    }

    private void watchGroup(List<ScoringRequest> group, List<ContinuationScore> scores) {
        byte[] context = group.get(0).context();
        try (Mixture begun = source.mixtureFor(context, symbols(group))) {
            TextReader.begin(begun, context);
            for (int i = 0; i < group.size(); i++) {
                GreedyCheck check = new GreedyCheck();
                Mixture mixture = i == group.size() - 1 ? begun : begun.copy();
                TextReader.read(mixture, group.get(i).continuation(), check);
                if (group.get(i).ending() == Ending.END) {
                    check.next(mixture, Alphabet.END);
                }
                scores.add(check.score());
            }
        }
    }

    /** Symbols of the longest text of some that share a context. */
    private int symbols(List<ScoringRequest> group) {
        byte[] context = group.get(0).context();
        int symbols = 0;
        for (ScoringRequest request : group) {
            int needed = TextReader.symbolsOf(context) + TextReader.symbolsOf(request.continuation());
            requireRoom(needed, "text", context.length + request.continuation().length);
            symbols = Math.max(symbols, needed);
        }
        return symbols;
    }

    private void requireRoom(int symbols, String what, int bytes) {
        if (symbols > maxSymbols) {
            throw new IllegalArgumentException("expected a " + what + " of at most " + maxSymbols + " symbols, found "
                    + symbols + " (" + bytes + " bytes)");
        }
    }
}
