package io.retort.distill.teachers.training;

import io.retort.distill.teachers.nano.NanoConfig;
import java.util.Arrays;

/** What is counted while steps run: losses a domain over answers, tokens, how often each expert was chosen. */
final class StepTally {
    private final int perToken;
    private final double[] nats;
    private final long[] answerTokens;
    private final long[][] loads;
    private long tokens;
    private long positions;
    private long skipped;

    StepTally(NanoConfig config, int ingredients) {
        this.perToken = config.experts().perToken();
        this.nats = new double[ingredients];
        this.answerTokens = new long[ingredients];
        this.loads = new long[config.layers()][config.experts().routed()];
    }

    void addLosses(Pass pass, float[] logLikelihoods) {
        for (int i = 0; i < logLikelihoods.length; i++) {
            if (pass.isAnswer(i)) {
                int ingredient = pass.documents().get(i / pass.time()).ingredient();
                nats[ingredient] -= logLikelihoods[i];
                answerTokens[ingredient]++;
            }
        }
    }

    void addRouting(Pass pass, int layer, long[] experts) {
        for (int i = 0; i < experts.length; i++) {
            if (pass.isReal(i / perToken)) {
                loads[layer][(int) experts[i]]++;
            }
        }
    }

    void addStep(StepBatch batch) {
        tokens += batch.tokens();
        skipped += batch.skipped();
        positions += batch.passes().stream()
                .mapToLong(pass -> (long) pass.rows() * pass.time())
                .sum();
    }

    /** Adds what another tally counted. */
    void add(StepTally other) {
        for (int i = 0; i < nats.length; i++) {
            nats[i] += other.nats[i];
            answerTokens[i] += other.answerTokens[i];
        }
        for (int layer = 0; layer < loads.length; layer++) {
            for (int expert = 0; expert < loads[layer].length; expert++) {
                loads[layer][expert] += other.loads[layer][expert];
            }
        }
        tokens += other.tokens;
        positions += other.positions;
        skipped += other.skipped;
    }

    /** Mean loss of an answer's token, end of text included, in nats; NaN where the domain has not been drawn. */
    double loss(int ingredient) {
        return nats[ingredient] / answerTokens[ingredient];
    }

    /** How often each expert of a layer was chosen. */
    long[] loads(int layer) {
        return loads[layer].clone();
    }

    /** The most visited expert's visits over the mean, the worst of all layers; 1 is perfect balance. */
    double imbalance() {
        double worst = 1;
        for (long[] layer : loads) {
            double mean = Arrays.stream(layer).average().orElse(0);
            if (mean > 0) {
                worst = Math.max(worst, Arrays.stream(layer).max().orElse(0) / mean);
            }
        }
        return worst;
    }

    long tokens() {
        return tokens;
    }

    /** Share of the positions computed that were padding. */
    double padding() {
        return positions == 0 ? 0 : 1 - (double) tokens / positions;
    }

    long skipped() {
        return skipped;
    }
}
