package io.retort.inference.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How well each expert did lately, and how much that moves the router.
 *
 * <p>Of each expert the last {@code window} outcomes count, and of these none that is older than {@code experts × window}
 * outcomes of all experts: memory is bounded, and an expert that was given up after a bad spell, and so has no outcome of
 * its own any more, is tried again when the spell is forgotten. An expert's mean is taken as if {@value #PRIOR_OUTCOMES}
 * outcomes as good as the best expert's had come first, and the best expert's as if that many of quality 1/2 had: whoever is
 * not asked is held to be nearly as good as the best, or nobody would ever find out. An expert's probability is multiplied
 * by 2^(mean − mean over all experts), which lies between 1/2 and 2: history tips a balance but overrules no clear choice.
 * Thread-safe.
 */
public final class PerformanceHistory {
    /** The weight of the prior, in outcomes. */
    public static final int PRIOR_OUTCOMES = 8;

    /** The largest window. */
    public static final int MAX_WINDOW = 1 << 16;

    private static final double PRIOR_QUALITY = 0.5;

    private record Outcome(long number, double quality) {}

    /** Of each expert, the oldest outcome first. */
    private final List<Deque<Outcome>> outcomes = new ArrayList<>();

    private final int window;
    private long recorded;

    /** An empty history of {@code experts} experts that keeps {@code window} outcomes of each. */
    public PerformanceHistory(int experts, int window) {
        if (experts < 1 || experts > RouterConfig.MAX_EXPERTS || window < 1 || window > MAX_WINDOW) {
            throw new IllegalArgumentException("expected 1 to " + RouterConfig.MAX_EXPERTS
                    + " experts and a window of 1 to " + MAX_WINDOW + ", found " + experts + " and " + window);
        }
        this.window = window;
        for (int e = 0; e < experts; e++) {
            outcomes.add(new ArrayDeque<>());
        }
    }

    /**
     * Returns a history that remembers what another {@linkplain #remembered did}.
     *
     * @param experts what is remembered of each, the oldest outcome first
     * @throws IllegalArgumentException for outcomes that no history with this window remembers
     */
    public static PerformanceHistory of(int window, List<List<PastOutcome>> experts) {
        PerformanceHistory history = new PerformanceHistory(experts.size(), window);
        long horizon = history.horizon();
        history.recorded = horizon;
        for (int e = 0; e < experts.size(); e++) {
            long before = horizon;
            for (PastOutcome outcome : experts.get(e)) {
                if (outcome.age() >= before || experts.get(e).size() > window) {
                    throw new IllegalArgumentException("expected at most " + window + " outcomes of expert " + e
                            + ", the oldest first and younger than " + horizon + ", found " + outcome.age() + " among "
                            + experts.get(e).size());
                }
                before = outcome.age();
                history.outcomes.get(e).addLast(new Outcome(horizon - outcome.age(), outcome.quality()));
            }
        }
        return history;
    }

    /** Returns how many outcomes of an expert are kept at most. */
    public int window() {
        return window;
    }

    /** Returns how many experts there are. */
    public int experts() {
        return outcomes.size();
    }

    /** Adds an outcome: {@code quality} from 0, a wrong answer, to 1, a right one. */
    public synchronized void record(int expert, double quality) {
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("expected a quality of 0 to 1, found " + quality);
        }
        Deque<Outcome> own = outcomes.get(expert);
        own.addLast(new Outcome(++recorded, quality));
        if (own.size() > window) {
            own.removeFirst();
        }
        forget();
    }

    /** Returns what is remembered of each expert, the oldest outcome first. */
    public synchronized List<List<PastOutcome>> remembered() {
        List<List<PastOutcome>> all = new ArrayList<>();
        for (Deque<Outcome> own : outcomes) {
            List<PastOutcome> past = new ArrayList<>();
            for (Outcome outcome : own) {
                past.add(new PastOutcome(recorded - outcome.number(), outcome.quality()));
            }
            all.add(past);
        }
        return all;
    }

    /** Returns what is known of each expert, in order, with the factor that follows. */
    public synchronized List<ExpertPerformance> explain() {
        double best = PRIOR_QUALITY;
        for (Deque<Outcome> own : outcomes) {
            best = Math.max(best, mean(own, PRIOR_QUALITY));
        }
        double[] means = new double[outcomes.size()];
        double overall = 0;
        for (int e = 0; e < means.length; e++) {
            means[e] = mean(outcomes.get(e), best);
            overall += means[e] / means.length;
        }
        List<ExpertPerformance> all = new ArrayList<>();
        for (int e = 0; e < means.length; e++) {
            all.add(new ExpertPerformance(e, outcomes.get(e).size(), means[e], Math.pow(2, means[e] - overall)));
        }
        return all;
    }

    private static double mean(Deque<Outcome> outcomes, double prior) {
        double sum = prior * PRIOR_OUTCOMES;
        for (Outcome outcome : outcomes) {
            sum += outcome.quality();
        }
        return sum / (PRIOR_OUTCOMES + outcomes.size());
    }

    /** Returns {@code probabilities} times the experts' factors, normalised; the argument stays as it is. */
    public double[] adjust(double[] probabilities) {
        List<ExpertPerformance> all = explain();
        if (probabilities.length != all.size()) {
            throw new IllegalArgumentException(
                    "expected " + all.size() + " probabilities, found " + probabilities.length);
        }
        boolean untouched = true;
        for (ExpertPerformance performance : all) {
            untouched &= performance.outcomes() == 0;
        }
        if (untouched) {
            return probabilities.clone();
        }
        double[] adjusted = new double[probabilities.length];
        double sum = 0;
        for (int e = 0; e < adjusted.length; e++) {
            adjusted[e] = probabilities[e] * all.get(e).factor();
            sum += adjusted[e];
        }
        for (int e = 0; e < adjusted.length; e++) {
            adjusted[e] /= sum;
        }
        return adjusted;
    }

    private long horizon() {
        return (long) outcomes.size() * window;
    }

    private void forget() {
        for (Deque<Outcome> own : outcomes) {
            while (!own.isEmpty() && recorded - own.getFirst().number() >= horizon()) {
                own.removeFirst();
            }
        }
    }
}
