package io.retort.inference;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.CheckedStudents;
import io.retort.inference.bundles.Trust;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.ByteWatcher;
import io.retort.inference.ensembles.GivenText;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.ensembles.MixtureSource;
import io.retort.inference.ensembles.SymbolWatcher;
import io.retort.inference.ensembles.TextModel;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.ensembles.TextReader;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.memory.ExpertHold;
import io.retort.inference.memory.ExpertMemory;
import io.retort.inference.memory.MemoryLimitException;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.MemoryUsage;
import io.retort.inference.memory.MemoryWaitException;
import io.retort.inference.memory.Patience;
import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.ContextUse;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An opened bundle that routes prompts, generates and scores.
 *
 * <p>All experts are in memory unless there is a bound ({@link MemoryOptions}); then those of a text are, while it is read and
 * written, and others for which there is room.
 *
 * <p>Thread-safe: the experts are shared and never change, what a call has read is its own. Apart from what {@link
 * #history} was told, an answer depends on the bundle and the arguments alone.
 *
 * <p>A prompt chooses its experts once, and their weights stay while the answer is written. Where there is no prompt,
 * the router has nothing to go by: then every expert takes part, with weights half the router's and half equal, and each
 * symbol read moves the weights to the experts that foretold it ({@link
 * io.retort.inference.ensembles.Weighting#POSTERIOR}).
 *
 * <p>Probabilities of answers to prompts by routed experts are at the temperature of the bundle's {@link
 * io.retort.inference.routing.Calibration}; it changes no answer that is written greedily.
 */
public final class Retort {
    /** The longest text unless {@link TextOptions} say otherwise, prompt and answer together: see {@link TextModel#MAX_SYMBOLS}. */
    public static final int MAX_SYMBOLS = TextModel.MAX_SYMBOLS;

    /** How many outcomes of each expert the history of a runtime keeps that was not given one. */
    public static final int HISTORY_WINDOW = 64;

    private final Bundle bundle;
    private final PerformanceHistory history;
    private final ExpertMemory memory;
    private final TextOptions texts;
    private final Patience patience;

    /** A runtime of {@code bundle} with an empty history. */
    public Retort(Bundle bundle) {
        this(bundle, new PerformanceHistory(bundle.experts().size(), HISTORY_WINDOW));
    }

    /**
     * A runtime of {@code bundle} that goes on with a history, such as one that was kept over a restart.
     *
     * @throws IllegalArgumentException for a history of another number of experts
     */
    public Retort(Bundle bundle, PerformanceHistory history) {
        this(bundle, history, MemoryOptions.UNLIMITED);
    }

    /**
     * A runtime of {@code bundle} that holds no more of it in memory than it may.
     *
     * @throws IllegalArgumentException for a history of another number of experts
     * @throws BundleException where an expert can no longer be read
     * @throws MemoryLimitException where not even the largest expert has room
     */
    public Retort(Bundle bundle, PerformanceHistory history, MemoryOptions options) {
        this(bundle, history, options, TextOptions.STANDARD);
    }

    /**
     * A runtime of {@code bundle} that holds no more of it in memory than it may, and reads texts as long as it may.
     *
     * @throws IllegalArgumentException for a history of another number of experts
     * @throws BundleException where an expert can no longer be read
     * @throws MemoryLimitException where not even the largest expert has room
     */
    public Retort(Bundle bundle, PerformanceHistory history, MemoryOptions options, TextOptions texts) {
        this(bundle, history, new ExpertMemory(bundle.experts(), options), texts, Patience.STANDARD);
        if (history.experts() != bundle.experts().size()) {
            throw new IllegalArgumentException(
                    "expected a history of " + bundle.experts().size() + " experts, found " + history.experts());
        }
    }

    private Retort(
            Bundle bundle, PerformanceHistory history, ExpertMemory memory, TextOptions texts, Patience patience) {
        this.bundle = bundle;
        this.history = history;
        this.memory = memory;
        this.texts = texts;
        this.patience = patience;
    }

    /**
     * Opens the bundle in a directory.
     *
     * @throws BundleException with the first thing that is wrong with it
     */
    public static Retort open(Path directory) {
        return open(directory, BundleDirectory.anyone());
    }

    /**
     * Opens the bundle in a directory, if somebody who is trusted has signed it.
     *
     * @throws BundleException with the first thing that is wrong with it
     */
    public static Retort open(Path directory, Trust trust) {
        return open(directory, trust, MemoryOptions.UNLIMITED);
    }

    /**
     * Opens the bundle in a directory, with a bound on the memory that its experts and texts take.
     *
     * @param options {@link io.retort.inference.memory.blocking.BoundedMemory} makes them
     * @throws BundleException with the first thing that is wrong with it
     * @throws MemoryLimitException where not even the largest expert has room
     */
    public static Retort open(Path directory, Trust trust, MemoryOptions options) {
        return open(directory, trust, options, TextOptions.STANDARD);
    }

    /**
     * Opens the bundle in a directory, with a bound on the memory that its experts and texts take, for texts as long as they
     * may be.
     *
     * @throws BundleException with the first thing that is wrong with it
     * @throws MemoryLimitException where not even the largest expert has room
     */
    public static Retort open(Path directory, Trust trust, MemoryOptions options, TextOptions texts) {
        CheckedStudents students = new CheckedStudents(options.maxBytes(), options.maxExperts());
        Bundle bundle = BundleDirectory.open(directory, trust, students);
        PerformanceHistory history = new PerformanceHistory(bundle.experts().size(), HISTORY_WINDOW);
        ExpertMemory memory = new ExpertMemory(bundle.experts(), options, students);
        return new Retort(bundle, history, memory, texts, Patience.STANDARD);
    }

    /**
     * Returns this runtime for calls that wait for memory as {@code other} says; it shares all else with this. What it begins, sessions
     * too, waits no longer either: who finds no room in that time gets a {@link MemoryWaitException}.
     */
    public Retort waiting(Patience other) {
        return new Retort(bundle, history, memory, texts, other);
    }

    /** Returns how long texts may be, and what of them is kept in memory. */
    public TextOptions textOptions() {
        return texts;
    }

    /** Returns what is in memory now of the bundle's experts and the texts that are read and written. */
    public MemoryUsage memoryUsage() {
        return memory.usage();
    }

    /** Returns the bundle. */
    public Bundle bundle() {
        return bundle;
    }

    /** Returns what this runtime was told of its experts' answers; what is recorded there moves later routings. */
    public PerformanceHistory history() {
        return history;
    }

    /** Returns the experts that answer {@code prompt}. */
    public Routing route(byte[] prompt) {
        return route(prompt, ExpertSelection.routed());
    }

    /**
     * Returns the experts that answer {@code prompt} under {@code selection}.
     *
     * @throws IllegalArgumentException for an expert that the bundle does not have
     */
    public Routing route(byte[] prompt, ExpertSelection selection) {
        return ExpertChoosing.route(bundle.router(), history, prompt, selection);
    }

    /** Generates the answer to {@code prompt}, greedily. */
    public Answer generate(byte[] prompt, GenerationLimits limits) {
        return generate(prompt, GenerationOptions.greedy(limits), ExpertSelection.routed(), ByteListener.NONE);
    }

    /**
     * Generates the answer to {@code prompt} and tells {@code listener} each byte as it comes; where it wants no more, the answer
     * ends.
     *
     * <p>Symbols are drawn from the experts' probabilities at the bundle's temperature, to which that of the options is
     * applied in turn: 1 draws as {@link #logLikelihood} scores.
     *
     * @throws IllegalArgumentException where the prompt is longer than a text may be and may not slide
     */
    public Answer generate(byte[] prompt, GenerationOptions options, ExpertSelection selection, ByteListener listener) {
        return generate(prompt, options, selection, listener, SymbolWatcher.NONE);
    }

    /**
     * Begins what {@link #generate(byte[], GenerationOptions, ExpertSelection, ByteListener)} does in one go, for a caller
     * that does it in pieces, such as a page that must not stand still.
     *
     * @throws IllegalArgumentException where the prompt is longer than a text may be and may not slide
     */
    public AnswerWriting begin(
            byte[] prompt, GenerationOptions options, ExpertSelection selection, ByteListener listener) {
        return begin(prompt, options, selection, listener, SymbolWatcher.NONE);
    }

    /**
     * Begins what {@link #generate(byte[], GenerationOptions, ExpertSelection, ByteListener, SymbolWatcher)} does in one go.
     *
     * @throws IllegalArgumentException where the prompt is longer than a text may be and may not slide
     */
    public AnswerWriting begin(
            byte[] prompt,
            GenerationOptions options,
            ExpertSelection selection,
            ByteListener listener,
            SymbolWatcher watcher) {
        int dropped = texts.dropped(prompt, options.limits().maxBytes());
        byte[] read = Arrays.copyOfRange(prompt, dropped, prompt.length);
        Routing routing = route(read, selection);
        TextModel model = model((context, maxSymbols) -> mixture(context, selection, routing, maxSymbols, 1));
        return new AnswerWriting(routing, model.begin(read, options, listener, watcher), dropped);
    }

    /**
     * Generates as {@link #generate(byte[], GenerationOptions, ExpertSelection, ByteListener)} does, the answer under the eyes of
     * {@code watcher}: a {@link io.retort.inference.ensembles.ByteWatcher} hears how likely each byte was.
     */
    public Answer generate(
            byte[] prompt,
            GenerationOptions options,
            ExpertSelection selection,
            ByteListener listener,
            SymbolWatcher watcher) {
        int dropped = texts.dropped(prompt, options.limits().maxBytes());
        byte[] read = Arrays.copyOfRange(prompt, dropped, prompt.length);
        Routing routing = route(read, selection);
        TextModel model = model((context, maxSymbols) -> mixture(context, selection, routing, maxSymbols, 1));
        return new Answer(model.generate(read, options, listener, watcher), routing, dropped);
    }

    /**
     * Goes on with a text of which the context alone chooses the experts. {@code watcher} sees all of it and what is written: what
     * it hears of the bytes behind the context adds up to {@link #logLikelihood} of these bytes after that context.
     *
     * @throws IllegalArgumentException where the text is longer than a text may be and may not slide
     */
    public Answer complete(
            GivenText text,
            GenerationOptions options,
            ExpertSelection selection,
            ByteListener listener,
            SymbolWatcher watcher) {
        Routing routing = route(text.context(), selection);
        TextModel model = model((context, maxSymbols) -> mixture(context, selection, routing, maxSymbols, 1));
        return new Answer(model.complete(text, options, listener, watcher), routing);
    }

    /**
     * Returns the log-probabilities in nats of the bytes of a continuation, in order, and of the end of the text where the request
     * has it end; they add up to {@link #logLikelihoods}.
     *
     * @param candidates how many of the likeliest bytes are told at each place, 0 to {@link BytePrediction#MOST_CANDIDATES}
     * @throws IllegalArgumentException where context and continuation pass the longest text
     */
    public List<BytePrediction> byteLogProbabilities(
            ScoringRequest request, ExpertSelection selection, int candidates) {
        List<BytePrediction> predictions = new ArrayList<>();
        TextModel model =
                model((context, maxSymbols) -> mixture(context, selection, route(context, selection), maxSymbols, 1));
        model.watch(request, new ByteWatcher(candidates, predictions::add));
        return predictions;
    }

    /**
     * Returns what may come after {@code prompt} by the routed experts, and who says so.
     *
     * @throws IllegalArgumentException where the prompt passes {@link #MAX_SYMBOLS}
     */
    public Prediction predict(byte[] prompt) {
        return predict(prompt, ExpertSelection.routed());
    }

    /** Returns what may come after {@code prompt} by the experts of {@code selection}. */
    public Prediction predict(byte[] prompt, ExpertSelection selection) {
        int symbols = TextReader.symbolsOf(prompt);
        if (symbols > texts.maxSymbols()) {
            throw new IllegalArgumentException("expected a text of at most " + texts.maxSymbols() + " symbols, found "
                    + symbols + " (" + prompt.length + " bytes)");
        }
        // No session, though one would do: a build for pages that have none leaves all of them out.
        Routing routing = route(prompt, selection);
        try (Mixture mixture = mixture(prompt, selection, routing, symbols, 1)) {
            TextReader.begin(mixture, prompt);
            return Prediction.of(mixture, routing);
        }
    }

    /** Returns how sure the router is of its first choice for {@code prompt}, 0 to 1; reads nothing with the experts. */
    public double confidence(byte[] prompt) {
        return route(prompt).confidence();
    }

    /** Begins a session of at most {@link Session#DEFAULT_SYMBOLS} symbols: see {@link #session(byte[], ExpertSelection, int)}. */
    public Session session(byte[] prompt) {
        return session(prompt, ExpertSelection.routed(), Session.DEFAULT_SYMBOLS);
    }

    /**
     * Begins a session: reads {@code prompt}, which chooses the experts for all of it.
     *
     * @param maxSymbols that its text may have, the start included, at most what texts of this runtime may; what experts with attention
     *     remember of a text is allocated for so many
     * @throws IllegalArgumentException where the prompt has more
     * @throws MemoryLimitException where that is more than may ever be held
     */
    public Session session(byte[] prompt, ExpertSelection selection, int maxSymbols) {
        Session session = unread(prompt, selection, maxSymbols);
        session.read(new byte[0]);
        return session;
    }

    /**
     * Begins what {@link #session(byte[], ExpertSelection, int)} does in one go, for a caller that must not stand still: {@link
     * Session#advance} reads {@code prompt}, which has chosen the experts, in pieces.
     *
     * @throws IllegalArgumentException where the prompt has more symbols than the session may have
     */
    public Session unread(byte[] prompt, ExpertSelection selection, int maxSymbols) {
        SessionStart start = new SessionStart(selection, route(prompt, selection), prompt.length, maxSymbols)
                .within(texts.maxSymbols());
        Session session = new Session(this, start, new byte[0]);
        session.append(prompt);
        return session;
    }

    /**
     * Returns a session that {@link Session#save} saved of this very bundle; it goes on exactly as the saved one would have. Its
     * text is read again when something is first asked of it.
     *
     * @throws SavedSessionException for other bytes, and for a session of another bundle
     */
    public Session restore(byte[] saved) {
        return SavedSession.read(this, saved);
    }

    /** Returns the log-likelihood in nats of a continuation under the routed experts. */
    public double logLikelihood(ScoringRequest request) {
        return logLikelihoods(List.of(request), ExpertSelection.routed())[0];
    }

    /**
     * Returns the log-likelihoods in nats of continuations, in order. Neighbours that share a context share the work of
     * reading it.
     *
     * @throws IllegalArgumentException where context and continuation pass the longest text
     */
    public double[] logLikelihoods(List<ScoringRequest> requests, ExpertSelection selection) {
        TextModel model =
                model((context, maxSymbols) -> mixture(context, selection, route(context, selection), maxSymbols, 2));
        return model.logLikelihoods(requests);
    }

    /**
     * Returns what is said of continuations, in order: log-likelihoods in nats, and whether each is what would have been written.
     * Neighbours that share a context share the work of reading it.
     *
     * @param use of the contexts; where they are only read, the log-likelihoods are those that {@link #complete} tells of texts
     *     without a prompt, and a server of echoed ones
     * @throws IllegalArgumentException where context and continuation pass the longest text
     */
    public List<ContinuationScore> scores(List<ScoringRequest> requests, ExpertSelection selection, ContextUse use) {
        return model(contexts(selection, use)).scores(requests);
    }

    /**
     * Returns the log-likelihoods in nats of {@link #scores(List, ExpertSelection, ContextUse)}, in less time.
     *
     * @throws IllegalArgumentException where context and continuation pass the longest text
     */
    public double[] logLikelihoods(List<ScoringRequest> requests, ExpertSelection selection, ContextUse use) {
        return model(contexts(selection, use)).logLikelihoods(requests);
    }

    private MixtureSource contexts(ExpertSelection selection, ContextUse use) {
        return (context, maxSymbols) -> {
            byte[] choosing = use == ContextUse.CHOOSES_EXPERTS ? context : new byte[0];
            return mixture(choosing, selection, route(choosing, selection), maxSymbols, 2);
        };
    }

    private TextModel model(MixtureSource source) {
        return new TextModel(source, texts.maxSymbols());
    }

    private Mixture mixture(byte[] prompt, ExpertSelection selection, Routing routing, int maxSymbols, int count) {
        Mixing mixing = Mixing.of(bundle, prompt.length, selection, routing);
        ExpertHold hold = hold(routing, maxSymbols, count);
        return mixing.begin(hold, maxSymbols, texts.memory()).whenClosed(hold::close);
    }

    /**
     * Returns the experts of a routing, in its order, in memory until the hold is closed, with room for texts of theirs.
     *
     * @param maxSymbols of a text
     * @throws MemoryLimitException where that is more than may ever be held
     * @throws MemoryWaitException where others held it for longer than this runtime waits
     */
    public ExpertHold hold(Routing routing, int maxSymbols, int count) {
        int[] experts = new int[routing.choices().size()];
        long bytes = 0;
        for (int i = 0; i < experts.length; i++) {
            experts[i] = routing.choices().get(i).index();
            bytes += bundle.experts().get(experts[i]).shape().stateBytes(maxSymbols, texts.memory());
        }
        return memory.hold(experts, count * bytes, patience);
    }
}
