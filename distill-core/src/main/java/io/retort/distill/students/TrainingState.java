package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.retort.distill.optimisation.AdamW;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.optimisation.Muon;
import io.retort.distill.optimisation.Optimiser;
import io.retort.distill.students.BatchBuilder.Batch;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Weights and optimiser state in the engine's memory, with the two things done to them: an update and a reading. */
final class TrainingState implements AutoCloseable {

    private final Objective objective;
    private final NDManager manager;
    private final ParameterBanks banks;
    private final List<Optimiser> optimisers;
    private final TrainableNetwork network;

    TrainingState(TrainingPlan plan) {
        StudentShape student = plan.student();
        objective = plan.objective();
        manager = NDManager.newBaseManager("PyTorch");
        banks = new ParameterBanks(manager, student);
        banks.load(StudentInitialisation.tensors(plan));
        network = TrainableFamilies.of(student).network(student, manager);
        optimisers = List.of(
                new Muon(manager, banks.matrices(), plan.optimisation().matrices()),
                new AdamW(manager, banks.rest(), plan.optimisation().rest()));
    }

    /** Makes update number {@code step}, from 1, and returns the batch's loss before it. */
    double update(Function<NDManager, Batch> batches, int step, double rateFactor) {
        double value;
        try (NDManager scope = manager.newSubManager();
                GradientMode mode = GradientMode.recording()) {
            NDArray loss = loss(batches.apply(scope), scope);
            value = loss.getFloat();
            if (!Double.isFinite(value)) {
                throw new TrainingException("expected a finite loss, found " + value + " at step " + step);
            }
            GradientMode.backward(loss);
        }
        for (Optimiser optimiser : optimisers) {
            optimiser.update(step, rateFactor);
        }
        return value;
    }

    /** The loss of a batch without learning from it. */
    double evaluate(Function<NDManager, Batch> batches) {
        try (NDManager scope = manager.newSubManager();
                GradientMode mode = GradientMode.paused()) {
            return loss(batches.apply(scope), scope).getFloat();
        }
    }

    Map<String, Tensor> weights() {
        return banks.export();
    }

    void load(Map<String, Tensor> weights) {
        banks.load(weights);
    }

    Map<String, Tensor> optimiserState() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (Optimiser optimiser : optimisers) {
            optimiser.state().forEach((name, array) -> {
                float[] values = array.toFloatArray();
                state.put(name, new Tensor(name, new int[] {values.length}, values));
            });
        }
        return state;
    }

    void loadOptimiserState(Map<String, Tensor> state) {
        for (Optimiser optimiser : optimisers) {
            Map<String, float[]> own = new LinkedHashMap<>();
            for (String name : optimiser.state().keySet()) {
                Tensor tensor = state.get(name);
                if (tensor != null) {
                    own.put(name, tensor.values());
                }
            }
            optimiser.restore(own);
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private NDArray loss(Batch batch, NDManager scope) {
        return objective.loss(
                network.logProbabilities(banks.views(scope), batch.symbols(), batch.scored()), batch.targets());
    }
}
