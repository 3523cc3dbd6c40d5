package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.backpropagation.GradientSource;
import io.retort.distill.backpropagation.Packed;
import io.retort.distill.backpropagation.Parameters;
import io.retort.distill.backpropagation.RowObjective;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.NativeEngine;
import io.retort.inference.students.StudentShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Gradients by the engine's automatic differentiation of a {@link TrainableNetwork}. */
final class EngineGradients implements GradientSource {
    private static final int ROWS = 4096;
    /** Sequences are padded to a multiple of this. */
    private static final int TIME_STEP = 32;

    private final int alphabet;
    private final NDManager manager;
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();
    private final TrainableNetwork network;

    /** @param network made once, with a manager of constants that is closed with this */
    EngineGradients(StudentShape shape, Function<NDManager, TrainableNetwork> network) {
        NativeEngine.prepare();
        manager = NDManager.newBaseManager("PyTorch");
        alphabet = shape.alphabetSize();
        this.network = network.apply(manager);
        shape.tensorShapes().forEach((name, extents) -> {
            NDArray array = manager.zeros(
                    new Shape(Arrays.stream(extents).asLongStream().toArray()));
            array.setRequiresGradient(true);
            tensors.put(name, array);
        });
    }

    @Override
    public int rowsPerPass() {
        return ROWS;
    }

    @Override
    public void load(Parameters weights) {
        tensors.forEach((name, array) -> {
            array.set(weights.values(name));
            GradientMode.clearGradient(array);
        });
    }

    @Override
    public double loss(Packed packed, RowObjective objective) {
        try (NDManager scope = manager.newSubManager();
                GradientMode mode = GradientMode.paused()) {
            float[] scores = packedRows(packed, logProbabilities(packed, scope).toFloatArray());
            return objective.lossAndGradient(scores, alphabet, packed.rows());
        }
    }

    @Override
    public double lossAndGradient(Packed packed, RowObjective objective) {
        try (NDManager scope = manager.newSubManager();
                GradientMode mode = GradientMode.recording()) {
            NDArray scores = logProbabilities(packed, scope);
            float[] rows = packedRows(packed, scores.toFloatArray());
            double loss = objective.lossAndGradient(rows, alphabet, packed.rows());
            NDArray gradient = scope.create(paddedRows(packed, rows, time(packed)), scores.getShape());
            // The gradient of this sum by the scores is the one wanted.
            GradientMode.backward(scores.mul(gradient).sum());
            return loss;
        }
    }

    @Override
    public void addGradients(Parameters gradients) {
        tensors.forEach((name, array) -> {
            float[] sums = gradients.values(name);
            float[] own = array.getGradient().toFloatArray();
            for (int i = 0; i < own.length; i++) {
                sums[i] += own[i];
            }
        });
    }

    /** [sequences, time, alphabet]. */
    private NDArray logProbabilities(Packed packed, NDManager scope) {
        int time = time(packed);
        long[] symbols = new long[packed.sequences() * time];
        for (int i = 0; i < packed.sequences(); i++) {
            for (int t = 0; t < packed.length(i); t++) {
                symbols[i * time + t] = packed.symbols()[packed.start(i) + t];
            }
        }
        Map<String, NDArray> views = new LinkedHashMap<>();
        tensors.forEach((name, array) -> views.put(name, view(array, scope)));
        return network.logProbabilities(views, scope.create(symbols, new Shape(packed.sequences(), time)));
    }

    /** The same numbers with another manager, so that what is computed from them is freed with the scope. */
    private static NDArray view(NDArray array, NDManager scope) {
        NDArray view = array.reshape(array.getShape());
        view.attach(scope);
        return view;
    }

    private static int time(Packed packed) {
        return (packed.longest() + TIME_STEP - 1) / TIME_STEP * TIME_STEP;
    }

    private float[] packedRows(Packed packed, float[] padded) {
        return moved(packed, padded, time(packed), true);
    }

    private float[] paddedRows(Packed packed, float[] rows, int time) {
        return moved(packed, rows, time, false);
    }

    private float[] moved(Packed packed, float[] from, int time, boolean pack) {
        float[] to = new float[(pack ? packed.rows() : packed.sequences() * time) * alphabet];
        for (int i = 0; i < packed.sequences(); i++) {
            int dense = packed.start(i) * alphabet;
            int sparse = i * time * alphabet;
            System.arraycopy(from, pack ? sparse : dense, to, pack ? dense : sparse, packed.length(i) * alphabet);
        }
        return to;
    }

    @Override
    public void close() {
        manager.close();
    }
}
