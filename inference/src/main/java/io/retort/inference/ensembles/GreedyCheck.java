package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.ContinuationScore;

/** Adds up how likely the bytes of one text were, each by itself, and notes whether one was not the likeliest. */
final class GreedyCheck implements SymbolWatcher {
    private final ByteWatcher watcher = new ByteWatcher(0, this::told);
    private double logLikelihood;
    private boolean greedy = true;
    /** ln p of the likeliest byte at this place that one symbol writes; unknown inside an escape, which goes on. */
    private double likeliest = Double.POSITIVE_INFINITY;

    private boolean atByte = true;

    @Override
    public void next(Mixture mixture, int symbol) {
        if (atByte && greedy) {
            likeliest = Double.NEGATIVE_INFINITY;
            for (int other = 0; other < mixture.alphabetSize(); other++) {
                if (other != Alphabet.ESCAPE) {
                    likeliest = Math.max(likeliest, mixture.logProbability(other));
                }
            }
        }
        atByte = false;
        watcher.next(mixture, symbol);
    }

    private void told(BytePrediction prediction) {
        atByte = true;
        logLikelihood += prediction.logProbability();
        greedy &= prediction.logProbability() >= likeliest;
    }

    ContinuationScore score() {
        return new ContinuationScore(logLikelihood, greedy);
    }
}
