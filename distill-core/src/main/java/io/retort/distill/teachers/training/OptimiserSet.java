package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.retort.distill.optimisation.AdamW;
import io.retort.distill.optimisation.Muon;
import io.retort.distill.optimisation.Optimiser;
import io.retort.distill.optimisation.TrainedArray;
import io.retort.distill.teachers.training.TeacherRecipe.OptimiserPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The optimisers of a run as one: Muon or AdamW for matrices, AdamW in three groups for the rest. */
final class OptimiserSet implements Optimiser {
    private static final double MUON_MOMENTUM = 0.95;
    private static final int NEWTON_SCHULZ_STEPS = 5;
    private static final double ADAM_FLOOR = 1e-8;

    private final List<Optimiser> parts;

    OptimiserSet(NDManager manager, TrainedWeights weights, OptimiserPlan plan) {
        this.parts = List.of(
                matrices(manager, weights.matrices(), plan),
                adam(manager, weights.embeddings(), plan, plan.embeddingRate(), plan.adamDecay()),
                adam(manager, weights.routers(), plan, plan.routerRate(), plan.adamDecay()),
                adam(manager, weights.norms(), plan, plan.normRate(), 0));
    }

    private static Optimiser matrices(NDManager manager, List<TrainedArray> arrays, OptimiserPlan plan) {
        return switch (plan.matrices()) {
            case MUON ->
                new Muon(
                        manager,
                        arrays,
                        new Muon.Settings(
                                plan.matrixRate(),
                                MUON_MOMENTUM,
                                NEWTON_SCHULZ_STEPS,
                                plan.matrixDecay(),
                                plan.muonScale()));
            case ADAMW -> adam(manager, arrays, plan, plan.matrixRate(), plan.matrixDecay());
        };
    }

    private static AdamW adam(
            NDManager manager, List<TrainedArray> arrays, OptimiserPlan plan, double rate, double weightDecay) {
        return new AdamW(
                manager,
                arrays,
                new AdamW.Settings(rate, plan.firstDecay(), plan.secondDecay(), ADAM_FLOOR, weightDecay));
    }

    @Override
    public void update(int step, double rateFactor) {
        parts.forEach(part -> part.update(step, rateFactor));
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        parts.forEach(part -> state.putAll(part.state()));
        return state;
    }

    @Override
    public void close() {
        parts.forEach(Optimiser::close);
    }
}
