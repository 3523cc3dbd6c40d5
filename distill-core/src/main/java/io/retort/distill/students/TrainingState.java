package io.retort.distill.students;

import io.retort.distill.backpropagation.GradientSource;
import io.retort.distill.backpropagation.Parameters;
import io.retort.distill.kernels.Kernels;
import io.retort.distill.students.BatchBuilder.Pass;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Weights and optimiser state, with the two things done to them: an update and a reading. */
final class TrainingState implements AutoCloseable {
    private final GradientSource source;
    private final Parameters weights;
    private final Parameters gradients;
    private final List<ParameterUpdate> updates;

    TrainingState(TrainingPlan plan) {
        StudentShape student = plan.student();
        TrainableFamily<StudentShape> family = TrainableFamilies.of(student);
        Map<String, int[]> shapes = student.tensorShapes();
        source = family.gradients(student);
        weights = new Parameters(shapes);
        weights.load(StudentInitialisation.tensors(plan));
        gradients = new Parameters(shapes);
        Set<String> orthogonalised = family.matrices(student);
        List<String> matrices = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        shapes.keySet().forEach(name -> (orthogonalised.contains(name) ? matrices : rest).add(name));
        updates = List.of(
                new MuonUpdate(
                        Kernels.best(), weights, matrices, plan.optimisation().matrices()),
                new AdamUpdate(weights, rest, plan.optimisation().rest()));
    }

    int rowsPerPass() {
        return source.rowsPerPass();
    }

    /**
     * Makes update number {@code step}, from 1, and returns the batch's loss before it. Where that or the gradient is no
     * number, nothing is changed and the loss returned is none either.
     */
    double update(List<Pass> batch, int step, double rateFactor) {
        source.load(weights);
        double loss = 0;
        for (Pass pass : batch) {
            loss += source.lossAndGradient(pass.packed(), pass.objective());
        }
        gradients.clear();
        source.addGradients(gradients);
        if (!Double.isFinite(loss) || !gradients.areFinite()) {
            return Double.NaN;
        }
        updates.forEach(update -> update.apply(weights, gradients, step, rateFactor));
        return loss;
    }

    /** The loss of a batch without learning from it. */
    double evaluate(List<Pass> batch) {
        source.load(weights);
        double loss = 0;
        for (Pass pass : batch) {
            loss += source.loss(pass.packed(), pass.objective());
        }
        return loss;
    }

    /** Copies of the weights. */
    Map<String, Tensor> weights() {
        return weights.tensors();
    }

    void load(Map<String, Tensor> tensors) {
        weights.load(tensors);
    }

    /** Copies of what the optimisers carry from one update to the next. */
    Map<String, Tensor> optimiserState() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (ParameterUpdate update : updates) {
            update.state()
                    .forEach((name, values) ->
                            state.put(name, new Tensor(name, new int[] {values.length}, values.clone())));
        }
        return state;
    }

    /** @throws IllegalArgumentException if a tensor is missing or has another size */
    void loadOptimiserState(Map<String, Tensor> state) {
        for (ParameterUpdate update : updates) {
            update.state().forEach((name, values) -> {
                Tensor tensor = state.get(name);
                if (tensor == null || tensor.values().length != values.length) {
                    throw new IllegalArgumentException(
                            "expected optimiser state " + name + " of " + values.length + " values");
                }
                System.arraycopy(tensor.values(), 0, values, 0, values.length);
            });
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
