package io.retort.inference.ensembles;

import io.retort.inference.alphabet.SymbolDecoder;
import io.retort.inference.students.MemoryFormat;
import io.retort.inference.students.StudentState;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * A text that several students read together. Each step costs a step of each; what they say of the next symbol is mixed
 * as ln Σ wᵢ pᵢ, and only for the symbols that are asked for. A mixture of one student says exactly what the student
 * says. Belongs to one thread at a time; the students are shared.
 *
 * <p>At a temperature T other than 1 it says p^(1/T), normalised, in place of p: the order of the symbols stays.
 */
public final class Mixture implements AutoCloseable {
    /** Symbols that are read at once where all of them are known. */
    private static final int ROWS = 32;

    private final List<Member> members;
    private final Weighting weighting;
    private final StudentState[] states;

    /** ln wᵢ now, [member]. */
    private final double[] logWeights;

    /** What each said after the last step, [member][symbol]. */
    private final float[][] predictions;

    private final double temperature;
    private boolean predicted;
    private Runnable whenClosed = () -> {};

    /** ln Σ p^(1/T) over all symbols after the last step; NaN until it is asked for. */
    private double logNormaliser = Double.NaN;

    /** A mixture of temperature 1 that has read nothing and may read {@code maxSymbols}. */
    public Mixture(List<Member> members, Weighting weighting, int maxSymbols) {
        this(members, weighting, maxSymbols, 1);
    }

    /**
     * A mixture that has read nothing and may read {@code maxSymbols}.
     *
     * @param members at least one, their weights adding up to 1, of one alphabet
     * @param temperature T of what it says, above 0; the weights move by what the students say without it
     */
    public Mixture(List<Member> members, Weighting weighting, int maxSymbols, double temperature) {
        this(members, weighting, maxSymbols, temperature, MemoryFormat.F32);
    }

    /**
     * A mixture that has read nothing and may read {@code maxSymbols}.
     *
     * @param members at least one, their weights adding up to 1, of one alphabet
     * @param temperature T of what it says, above 0; the weights move by what the students say without it
     * @param format of the students' memories
     */
    public Mixture(List<Member> members, Weighting weighting, int maxSymbols, double temperature, MemoryFormat format) {
        this(List.copyOf(members), weighting, states(members, maxSymbols, format), logWeights(members), temperature);
    }

    private Mixture(
            List<Member> members, Weighting weighting, StudentState[] states, double[] logWeights, double temperature) {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("expected a positive temperature, found " + temperature);
        }
        this.members = members;
        this.weighting = weighting;
        this.temperature = temperature;
        this.states = states;
        this.logWeights = logWeights;
        this.predictions = new float[members.size()][members.get(0).student().alphabetSize()];
        for (Member member : members) {
            if (member.student().alphabetSize() != predictions[0].length) {
                throw new IllegalArgumentException("expected students of one alphabet, found sizes "
                        + predictions[0].length + " and " + member.student().alphabetSize());
            }
        }
    }

    private static StudentState[] states(List<Member> members, int maxSymbols, MemoryFormat format) {
        StudentState[] states = new StudentState[members.size()];
        for (int m = 0; m < states.length; m++) {
            states[m] = members.get(m).student().newState(maxSymbols, format);
        }
        return states;
    }

    private static double[] logWeights(List<Member> members) {
        double[] logWeights = new double[members.size()];
        double sum = 0;
        for (int m = 0; m < logWeights.length; m++) {
            sum += members.get(m).weight();
            logWeights[m] = Math.log(members.get(m).weight());
        }
        if (members.isEmpty() || Math.abs(sum - 1) > 1e-6) {
            throw new IllegalArgumentException("expected weights that add up to 1, found " + sum);
        }
        return logWeights;
    }

    /** Has {@code action} run once this is closed; returns this. */
    public Mixture whenClosed(Runnable action) {
        whenClosed = action;
        return this;
    }

    /** Says that nobody will read with this, or with a copy of it, any more. */
    @Override
    public void close() {
        Runnable action = whenClosed;
        whenClosed = () -> {};
        action.run();
    }

    /** Returns a mixture that has read the same and goes on by itself, as long as this one is not closed. */
    public Mixture copy() {
        StudentState[] copies = new StudentState[states.length];
        for (int m = 0; m < states.length; m++) {
            copies[m] = states[m].copy();
        }
        Mixture copy = new Mixture(members, weighting, copies, logWeights.clone(), temperature);
        for (int m = 0; m < states.length; m++) {
            System.arraycopy(predictions[m], 0, copy.predictions[m], 0, predictions[m].length);
        }
        copy.predicted = predicted;
        copy.logNormaliser = logNormaliser;
        return copy;
    }

    /** Reads a symbol; from then on {@link #logProbability} and {@link #mostLikely} speak of the next one. */
    public void step(int symbol) {
        moveWeights(symbol);
        for (int m = 0; m < states.length; m++) {
            members.get(m).student().step(states[m], symbol, predictions[m]);
        }
        predicted = true;
        logNormaliser = Double.NaN;
    }

    /** Reads symbols whose successors nobody will ask about. */
    public void prefill(int[] symbols, int from, int to) {
        if (weighting == Weighting.POSTERIOR) {
            readAll(symbols, from, to, i -> {});
            return;
        }
        for (int m = 0; m < states.length; m++) {
            members.get(m).student().prefill(states[m], symbols, from, to);
        }
        predicted &= from == to;
    }

    /**
     * Reads all symbols but the last and returns Σ ln p, in nats, each given those before it, the last one included.
     *
     * @param from index of the first symbol, of which the mixture speaks now
     */
    public double score(int[] symbols, int from, int to) {
        if (from == to) {
            return 0;
        }
        double[] sum = {logProbability(symbols[from])};
        readAll(symbols, from, to - 1, i -> sum[0] += logProbability(symbols[i + 1]));
        return sum[0];
    }

    /** Reads symbols, many at once, and tells of each when the mixture speaks of what follows it. */
    void readAll(int[] symbols, int from, int to, IntConsumer read) {
        int size = predictions[0].length;
        float[][] rows = new float[states.length][Math.min(ROWS, to - from) * size];
        for (int first = from; first < to; first += ROWS) {
            int last = Math.min(first + ROWS, to);
            for (int m = 0; m < states.length; m++) {
                members.get(m).student().step(states[m], symbols, first, last, rows[m]);
            }
            for (int i = first; i < last; i++) {
                moveWeights(symbols[i]);
                for (int m = 0; m < states.length; m++) {
                    System.arraycopy(rows[m], (i - first) * size, predictions[m], 0, size);
                }
                predicted = true;
                logNormaliser = Double.NaN;
                read.accept(i);
            }
        }
    }

    /** Moves the weights to those who foretold a symbol. */
    private void moveWeights(int symbol) {
        if (weighting == Weighting.POSTERIOR && predicted) {
            double total = untempered(symbol);
            for (int m = 0; m < states.length; m++) {
                logWeights[m] += predictions[m][symbol] - total;
            }
        }
    }

    /** Returns ln p(symbol comes next), in nats. */
    public double logProbability(int symbol) {
        requirePrediction();
        double logProbability = untempered(symbol);
        if (temperature == 1) {
            return logProbability;
        }
        if (Double.isNaN(logNormaliser)) {
            logNormaliser = logNormaliser(logProbabilities(), temperature);
        }
        return logProbability / temperature - logNormaliser;
    }

    /** Returns ln p of every symbol, in nats, as at temperature 1. */
    public double[] logProbabilities() {
        requirePrediction();
        double[] all = new double[predictions[0].length];
        for (int symbol = 0; symbol < all.length; symbol++) {
            all[symbol] = untempered(symbol);
        }
        return all;
    }

    /** Returns ln Σ p^(1/T) of given ln p. */
    public static double logNormaliser(double[] logProbabilities, double temperature) {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : logProbabilities) {
            most = Math.max(most, value);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double sum = 0;
        for (double value : logProbabilities) {
            sum += Math.exp((value - most) / temperature);
        }
        return most / temperature + Math.log(sum);
    }

    private double untempered(int symbol) {
        if (states.length == 1) {
            return predictions[0][symbol];
        }
        double most = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < states.length; m++) {
            most = Math.max(most, logWeights[m] + predictions[m][symbol]);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (int m = 0; m < states.length; m++) {
            sum += Math.exp(logWeights[m] + predictions[m][symbol] - most);
        }
        return most + Math.log(sum);
    }

    /**
     * Returns the likeliest next symbol that {@code decoder} allows, the first among equals.
     *
     * @throws ArithmeticException where the students' sums overflow and there is no likeliest
     */
    public int mostLikely(SymbolDecoder decoder) {
        return mostLikely(decoder::allows);
    }

    /** Returns the likeliest next symbol of those that {@code allowed} accepts, of which there is one. */
    public int mostLikely(IntPredicate allowed) {
        requirePrediction();
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int symbol = 0; symbol < predictions[0].length; symbol++) {
            if (allowed.test(symbol)) {
                double likelihood = states.length == 1 ? predictions[0][symbol] : probability(symbol);
                if (Double.isNaN(likelihood)) {
                    throw new ArithmeticException("expected a probability after " + position()
                            + " symbols, found NaN: the weights of an expert overflow");
                }
                if (best < 0 || likelihood > most) {
                    best = symbol;
                    most = likelihood;
                }
            }
        }
        return best;
    }

    /** Returns how many symbols there are. */
    public int alphabetSize() {
        return predictions[0].length;
    }

    /** Returns how many symbols were read. */
    public int position() {
        return states[0].position();
    }

    /** Returns how many symbols can be read in all. */
    public int capacity() {
        return states[0].capacity();
    }

    private double probability(int symbol) {
        double sum = 0;
        for (int m = 0; m < states.length; m++) {
            sum += Math.exp(logWeights[m] + predictions[m][symbol]);
        }
        return sum;
    }

    private void requirePrediction() {
        if (!predicted) {
            throw new IllegalStateException("expected a step before a prediction is asked for, found none");
        }
    }
}
