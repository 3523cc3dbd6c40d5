package io.retort.bench.formats;

import io.retort.bench.formats.LogitStorage.Stored;
import io.retort.bench.formats.TaughtText.TaughtChunk;
import io.retort.datasets.logits.TailModel;
import io.retort.datasets.logits.TokenTransitions;
import java.util.ArrayList;
import java.util.List;

/**
 * KL(teacher ‖ rebuilt from storage) in nats a token, twice: with the rest of each distribution shared out evenly, and by
 * a tail model that was made from the stored distributions themselves, as {@code retort align} makes it.
 *
 * @param evenRest by document
 * @param modelledRest by document
 */
record Fidelity(List<DocumentMean> evenRest, List<DocumentMean> modelledRest) {

    /** A document's sum over its tokens, and how many there are. */
    record DocumentMean(double sum, int tokens) {}

    /** Compares all positions. */
    static Fidelity of(TaughtText text, Stored stored) {
        TailModel model = tailModel(text, stored);
        List<DocumentMean> even = new ArrayList<>();
        List<DocumentMean> modelled = new ArrayList<>();
        double evenSum = 0;
        double modelledSum = 0;
        int tokens = 0;
        for (int c = 0; c < text.chunks().size(); c++) {
            TaughtChunk taught = text.chunks().get(c);
            for (int scored = 0; scored < taught.logProbabilities().length; scored++) {
                float[] teacher = taught.logProbabilities()[scored];
                SparseDistribution rebuilt = stored.distributions().get(c).get(scored);
                evenSum += divergence(teacher, rebuilt.withEvenRest(text.vocabulary()));
                modelledSum +=
                        divergence(teacher, rebuilt.withModelledRest(model, taught.previous(scored, text.bos())));
                tokens++;
            }
            boolean last = c + 1 == text.chunks().size()
                    || text.chunks().get(c + 1).chunk().origin().chunk() == 0;
            if (last) {
                even.add(new DocumentMean(evenSum, tokens));
                modelled.add(new DocumentMean(modelledSum, tokens));
                evenSum = 0;
                modelledSum = 0;
                tokens = 0;
            }
        }
        return new Fidelity(even, modelled);
    }

    private static TailModel tailModel(TaughtText text, Stored stored) {
        TokenTransitions transitions = new TokenTransitions(text.vocabulary(), text.bos());
        for (int c = 0; c < text.chunks().size(); c++) {
            TaughtChunk taught = text.chunks().get(c);
            for (int scored = 0; scored < taught.logProbabilities().length; scored++) {
                SparseDistribution one = stored.distributions().get(c).get(scored);
                transitions.add(taught.previous(scored, text.bos()), one.ids(), one.probabilities());
            }
        }
        return TailModel.of(transitions);
    }

    /** Σ p (ln p − ln q); infinite where q lacks a token that p has. */
    static double divergence(float[] logProbabilities, double[] rebuilt) {
        double sum = 0;
        for (int id = 0; id < rebuilt.length; id++) {
            double p = Math.exp(logProbabilities[id]);
            if (p > 0) {
                sum += p * (logProbabilities[id] - Math.log(rebuilt[id]));
            }
        }
        return sum;
    }
}
