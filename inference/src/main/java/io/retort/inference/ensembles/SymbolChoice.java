package io.retort.inference.ensembles;

import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.TokenSampler;

/** Chooses the next symbol of what a mixture says. Belongs to one answer. */
final class SymbolChoice {
    private final boolean greedy;
    private final TokenSampler sampler;
    private float[] logProbabilities = new float[0];

    SymbolChoice(Sampling sampling, long seed) {
        greedy = sampling.greedy();
        sampler = new TokenSampler(sampling, seed);
    }

    /** @throws ArithmeticException where the students' sums overflow */
    int next(Mixture mixture, AllowedSymbols allowed) {
        if (greedy) {
            return mixture.mostLikely(allowed::allows);
        }
        if (logProbabilities.length == 0) {
            logProbabilities = new float[mixture.alphabetSize()];
        }
        for (int symbol = 0; symbol < logProbabilities.length; symbol++) {
            double logProbability = mixture.logProbability(symbol);
            if (Double.isNaN(logProbability)) {
                throw new ArithmeticException("expected a probability after " + mixture.position()
                        + " symbols, found NaN: the weights of an expert overflow");
            }
            logProbabilities[symbol] = (float) logProbability;
        }
        return sampler.next(logProbabilities, allowed::allows);
    }
}
