package io.retort.inference;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.Trust;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.ByteWatcher;
import io.retort.inference.ensembles.GivenText;
import io.retort.inference.ensembles.Member;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.ensembles.MixtureSource;
import io.retort.inference.ensembles.SymbolWatcher;
import io.retort.inference.ensembles.TextModel;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.ensembles.Weighting;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.memory.ExpertHold;
import io.retort.inference.memory.ExpertMemory;
import io.retort.inference.memory.MemoryLimitException;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.MemoryUsage;
import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.routing.RouterConfig;
import io.retort.inference.routing.Routing;
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
 * symbol read moves the weights to the experts that foretold it ({@link Weighting#POSTERIOR}).
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
        if (history.experts() != bundle.experts().size()) {
            throw new IllegalArgumentException(
                    "expected a history of " + bundle.experts().size() + " experts, found " + history.experts());
        }
        this.bundle = bundle;
        this.history = history;
        this.memory = new ExpertMemory(bundle.experts(), options);
        this.texts = texts;
    }

    /**
     * Opens the bundle in a directory.
     *
     * @throws BundleException with the first thing that is wrong with it
     */
    public static Retort open(Path directory) {
        return new Retort(BundleDirectory.open(directory));
    }

    /**
     * Opens the bundle in a directory, if somebody who is trusted has signed it.
     *
     * @throws BundleException with the first thing that is wrong with it
     */
    public static Retort open(Path directory, Trust trust) {
        return new Retort(BundleDirectory.open(directory, trust));
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
        Bundle bundle = BundleDirectory.open(directory, trust);
        return new Retort(bundle, new PerformanceHistory(bundle.experts().size(), HISTORY_WINDOW), options, texts);
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
        RouterConfig config = bundle.router().config();
        List<String> ids = config.experts();
        if (selection instanceof ExpertSelection.Routed routed) {
            if (prompt.length > 0) {
                return bundle.router().route(prompt, history, routed.most());
            }
            double[] probabilities = history.adjust(bundle.router().probabilities(prompt));
            for (int e = 0; e < probabilities.length; e++) {
                probabilities[e] = (probabilities[e] + 1.0 / ids.size()) / 2;
            }
            return Routing.ofLikeliest(ids, probabilities, routed.most());
        }
        double[] weights = new double[ids.size()];
        if (selection instanceof ExpertSelection.Fixed fixed) {
            if (!ids.contains(fixed.expert())) {
                throw new IllegalArgumentException("expected one of the experts " + ids + ", found " + fixed.expert());
            }
            weights[ids.indexOf(fixed.expert())] = 1;
        } else {
            Arrays.fill(weights, 1.0 / ids.size());
        }
        return Routing.ofLikeliest(ids, weights, ids.size());
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
        int dropped = texts.dropped(prompt, options.limits().maxBytes());
        byte[] read = Arrays.copyOfRange(prompt, dropped, prompt.length);
        Routing routing = route(read, selection);
        TextModel model = model((context, maxSymbols) -> mixture(context, selection, routing, maxSymbols, 1));
        return new AnswerWriting(routing, model.begin(read, options, listener), dropped);
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

    private TextModel model(MixtureSource source) {
        return new TextModel(source, texts.maxSymbols());
    }

    private static Weighting weighting(byte[] prompt, ExpertSelection selection) {
        boolean unguided = prompt.length == 0 && selection instanceof ExpertSelection.Routed;
        return unguided ? Weighting.POSTERIOR : Weighting.FIXED;
    }

    /** The temperature was fitted to answers of the routed experts to prompts, and says nothing of anything else. */
    private double temperature(byte[] prompt, ExpertSelection selection) {
        boolean fitted = prompt.length > 0 && selection instanceof ExpertSelection.Routed;
        return fitted ? bundle.router().config().calibration().temperature() : 1;
    }

    private Mixture mixture(byte[] prompt, ExpertSelection selection, Routing routing, int maxSymbols, int count) {
        ExpertHold hold = hold(routing, maxSymbols, count);
        boolean done = false;
        try {
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < routing.choices().size(); i++) {
                members.add(new Member(hold.student(i), routing.choices().get(i).weight()));
            }
            Mixture mixture = new Mixture(
                    members, weighting(prompt, selection), maxSymbols, temperature(prompt, selection), texts.memory());
            done = true;
            return mixture.whenClosed(hold::close);
        } finally {
            if (!done) {
                hold.close();
            }
        }
    }

    /**
     * Returns the experts of a routing, in its order, in memory until the hold is closed, with room for texts of theirs.
     *
     * @param maxSymbols of a text
     * @throws MemoryLimitException where that is more than may ever be held
     */
    public ExpertHold hold(Routing routing, int maxSymbols, int count) {
        int[] experts = new int[routing.choices().size()];
        long bytes = 0;
        for (int i = 0; i < experts.length; i++) {
            experts[i] = routing.choices().get(i).index();
            bytes += bundle.experts().get(experts[i]).shape().stateBytes(maxSymbols, texts.memory());
        }
        return memory.hold(experts, count * bytes);
    }
}
