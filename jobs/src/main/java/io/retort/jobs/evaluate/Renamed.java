package io.retort.jobs.evaluate;

import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import java.util.List;

/** A model under the name of the part it plays. */
record Renamed(ScoringModel model, String name) implements ScoringModel {
    @Override
    public double[] logLikelihoods(List<ScoringRequest> requests) {
        return model.logLikelihoods(requests);
    }

    @Override
    public List<Generation> generate(List<byte[]> prompts, GenerationLimits limits) {
        return model.generate(prompts, limits);
    }

    @Override
    public void close() {
        model.close();
    }
}
