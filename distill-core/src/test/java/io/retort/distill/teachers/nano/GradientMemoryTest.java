package io.retort.distill.teachers.nano;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the graph keeps for the backward pass must be there when the collector has run in between. */
class GradientMemoryTest {
    private static final int VOCABULARY = 20;

    @Test
    void aCollectionBetweenForwardAndBackwardChangesNoGradient() throws Exception {
        assertThat(gradients(true)).isEqualTo(gradients(false));
    }

    private static Map<String, List<Float>> gradients(boolean collected) throws InterruptedException {
        NanoConfig config = SmallModels.config(VOCABULARY, 6, NanoConfig.Head.TIED);
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            SmallModels.tensors(config, 5).forEach((name, tensor) -> {
                long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
                NDArray array = manager.create(tensor.values(), new Shape(shape));
                array.setRequiresGradient(!name.endsWith("e_score_correction_bias"));
                tensors.put(name, array);
            });
            try (GradientMode mode = GradientMode.recording();
                    NDManager scope = manager.newSubManager()) {
                NanoModel model = new NanoModel(config, tensors);
                NDArray ids = scope.create(SmallModels.randomIds(30, VOCABULARY, 2), new Shape(3, 10));
                NDArray loss = model.logits(model.hidden(ids, RoutingListener.NONE))
                        .logSoftmax(1)
                        .sum();
                if (collected) {
                    overwriteFreedBuffers();
                }
                GradientMode.backward(loss);
            }
            Map<String, List<Float>> gradients = new LinkedHashMap<>();
            tensors.forEach((name, array) -> {
                if (array.hasGradient()) {
                    List<Float> values = new ArrayList<>();
                    for (float value : array.getGradient().toFloatArray()) {
                        values.add(value);
                    }
                    gradients.put(name, values);
                }
            });
            return gradients;
        }
    }

    /** Frees what can be freed and fills what was freed with numbers that would show. */
    private static void overwriteFreedBuffers() throws InterruptedException {
        List<ByteBuffer> overwritten = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            System.gc();
            Thread.sleep(50); // cleaners run in a thread of their own
            for (int i = 0; i < 20_000; i++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
                overwritten.add(buffer.putFloat(0, 777));
            }
        }
        assertThat(overwritten).isNotEmpty();
    }
}
