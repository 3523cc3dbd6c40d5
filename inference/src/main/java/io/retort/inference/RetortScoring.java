package io.retort.inference;

import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * An opened bundle as the evaluation sees it, under one selection of experts: the routed ensemble, its first choice
 * alone, all experts with equal weights, or one fixed expert. Thread-safe.
 */
public final class RetortScoring implements ScoringModel {
    private final Retort retort;
    private final ExpertSelection selection;
    private final String name;

    /** The model that {@code retort} is under {@code selection}. */
    public RetortScoring(Retort retort, ExpertSelection selection, String name) {
        this.retort = retort;
        this.selection = selection;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] logLikelihoods(List<ScoringRequest> requests) {
        return retort.logLikelihoods(requests, selection);
    }

    @Override
    public List<Generation> generate(List<byte[]> prompts, GenerationLimits limits) {
        List<Generation> generations = new ArrayList<>();
        for (byte[] prompt : prompts) {
            generations.add(retort.generate(prompt, GenerationOptions.greedy(limits), selection, ByteListener.NONE)
                    .generation());
        }
        return generations;
    }

    /** Does nothing: the bundle stays open for others. */
    @Override
    public void close() {}
}
