package io.retort.distill.optimisation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AdamWTest {

    /** Values after each step of torch.optim.AdamW (2.13, float64) on the same function, rates and settings. */
    private static final float[][] TORCH = {
        {0.9890000001f, -2.0079999999923075f, 0.48950000013333334f},
        {0.9889642122935209f, -2.0120004999197247f, 0.48426088849787086f},
        {0.9902252461118219f, -2.014003423811723f, 0.4816452230839515f}
    };

    private static final double[] FACTORS = {1, 0.5, 0.25};

    @Test
    void followsTorchStepByStep() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray values = start(manager);
            AdamW optimiser = optimiser(manager, values);
            for (int step = 1; step <= 3; step++) {
                update(optimiser, values, step);
                assertThat(values.toFloatArray())
                        .usingComparatorWithPrecision(2e-6f)
                        .containsExactly(TORCH[step - 1]);
            }
        }
    }

    @Test
    void continuesFromItsSavedState() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray values = start(manager);
            AdamW optimiser = optimiser(manager, values);
            update(optimiser, values, 1);
            NDArray restored = values.duplicate();
            restored.setRequiresGradient(true);
            AdamW second = optimiser(manager, restored);
            Map<String, float[]> saved = new HashMap<>();
            optimiser.state().forEach((name, state) -> saved.put(name, state.toFloatArray()));
            second.restore(saved);

            for (int step = 2; step <= 3; step++) {
                update(optimiser, values, step);
                update(second, restored, step);
            }

            assertThat(restored.toFloatArray()).containsExactly(values.toFloatArray());
        }
    }

    @Test
    void threadsTrainSideBySide() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<float[]> run = () -> {
                try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                    NDArray values = start(manager);
                    AdamW optimiser = optimiser(manager, values);
                    for (int step = 1; step <= 200; step++) {
                        update(optimiser, values, step % 3 + 1);
                    }
                    return values.toFloatArray();
                }
            };
            Future<float[]> first = threads.submit(run);
            Future<float[]> second = threads.submit(run);
            assertThat(first.get()).containsExactly(second.get());
        } finally {
            threads.shutdown();
        }
    }

    private static NDArray start(NDManager manager) {
        NDArray values = manager.create(new float[] {1, -2, 0.5f});
        values.setRequiresGradient(true);
        return values;
    }

    private static AdamW optimiser(NDManager manager, NDArray values) {
        return new AdamW(
                manager, List.of(new TrainedArray("weight", values)), new AdamW.Settings(0.01, 0.9, 0.98, 1e-8, 0.1));
    }

    /** Descends x³ summed, plus step times the product of the first two. */
    private static void update(AdamW optimiser, NDArray values, int step) {
        try (GradientMode mode = GradientMode.recording()) {
            NDArray cubes = values.mul(values).mul(values).sum();
            NDArray product = values.get(0).mul(values.get(1)).mul(step);
            GradientMode.backward(cubes.add(product));
        }
        optimiser.update(step, FACTORS[step - 1]);
    }
}
