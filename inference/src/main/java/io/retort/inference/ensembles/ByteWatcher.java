package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.alphabet.SymbolDecoder;
import io.retort.inference.ensembles.BytePrediction.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns what a mixture says of symbols into what it says of bytes, and hands each on as soon as it is complete. Belongs to one
 * text.
 */
public final class ByteWatcher implements SymbolWatcher {
    private final int candidates;
    private final Consumer<BytePrediction> listener;
    private final SymbolDecoder decoder = new SymbolDecoder();
    private double logProbability;
    private List<Candidate> likeliest = List.of();

    /**
     * A watcher at the start of a text.
     *
     * @param candidates how many of the likeliest bytes are told beside the one that came, 0 to {@link
     *     BytePrediction#MOST_CANDIDATES}
     */
    public ByteWatcher(int candidates, Consumer<BytePrediction> listener) {
        if (candidates < 0 || candidates > BytePrediction.MOST_CANDIDATES) {
            throw new IllegalArgumentException(
                    "expected 0 to " + BytePrediction.MOST_CANDIDATES + " candidates, found " + candidates);
        }
        this.candidates = candidates;
        this.listener = listener;
    }

    @Override
    public void next(Mixture mixture, int symbol) {
        if (!decoder.insideEscape()) {
            logProbability = 0;
            likeliest = likeliest(mixture);
        }
        logProbability += mixture.logProbability(symbol);
        int value = symbol == Alphabet.END ? BytePrediction.END : decoder.accept(symbol);
        if (value >= 0) {
            listener.accept(new BytePrediction(value, logProbability, likeliest));
        }
    }

    /** Bytes that take an escape are left out: only reading it would tell how likely each of them is. */
    private List<Candidate> likeliest(Mixture mixture) {
        List<Candidate> best = new ArrayList<>(candidates + 1);
        for (int symbol = 0; symbol < Alphabet.SIZE && candidates > 0; symbol++) {
            if (symbol == Alphabet.ESCAPE) {
                continue;
            }
            int value = symbol == Alphabet.END ? BytePrediction.END : Alphabet.byteOf(symbol);
            Candidate candidate = new Candidate(value, mixture.logProbability(symbol));
            int at = best.size();
            while (at > 0 && best.get(at - 1).logProbability() < candidate.logProbability()) {
                at--;
            }
            best.add(at, candidate);
            if (best.size() > candidates) {
                best.remove(candidates);
            }
        }
        return best;
    }
}
