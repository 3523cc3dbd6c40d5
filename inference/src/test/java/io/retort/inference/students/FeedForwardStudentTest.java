package io.retort.inference.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedForwardStudentTest {

    private static final FeedForwardConfig CONFIG = new FeedForwardConfig(7, 3, 4, 5);

    @Test
    void predictsWhatItsFormulaSaysWorkedByHand() {
        FeedForwardConfig config = new FeedForwardConfig(2, 2, 1, 1);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        float[][] values = {{1, -2}, {0.5f, 1}, {2, -1}, {3}, {0.5f}};
        config.tensorShapes()
                .forEach((name, shape) -> tensors.put(name, new Tensor(name, shape, values[tensors.size()])));
        FeedForwardStudent student = config.open(tensors);

        // Symbols 0 then 1: f = (-2, 1), rms sqrt(2.5), n = (-1.264911, 0.632456); n Wgate = 0, so x = -2 and
        // rms(x) = -1; logits 0.5 * -1 * (1, -2) = (-0.5, 1).
        assertThat(student.predict(new float[] {-2, 1})[1])
                .isCloseTo((float) -Math.log1p(Math.exp(-1.5)), within(1e-5f));
        // Symbol 0 alone: f = (1, 0), rms sqrt(0.5), n = (1.414214, 0); n Wgate = 0.707107, its silu 0.473808; n Wup =
        // 2.828427; x = 1 + 3 * 1.340132 > 0, so rms(x) = 1; logits 0.5 * (1, -2).
        assertThat(student.predict(student.features(0))[0])
                .isCloseTo((float) -Math.log1p(Math.exp(-1.5)), within(1e-5f));
    }

    @Test
    void aStepPredictsWhatTheFeaturesOfTheTextDo() {
        FeedForwardStudent student = CONFIG.open(TinyBundle.weights(CONFIG, 3));
        StudentState state = student.newState(6);
        float[] stepped = new float[7];
        int[] text = {6, 0, 3, 3, 1, 5};
        for (int read = 1; read <= text.length; read++) {
            student.step(state, text[read - 1], stepped);
            assertThat(student.predict(student.features(Arrays.copyOf(text, read))))
                    .containsExactly(stepped);
        }
        float[] features = student.features(text);
        student.predict(features);
        assertThat(features).containsExactly(student.features(5, 1, 3, 3, 1, 5));
    }

    @Test
    void remembersTheWindowHoweverLongTheText() {
        FeedForwardStudent student = CONFIG.open(TinyBundle.weights(CONFIG, 3));

        assertThat(student.newState(1_000_000).memoryBytes())
                .isEqualTo(student.newState(1).memoryBytes());
    }

    @Test
    void refusesFeaturesOfAnotherNumber() {
        FeedForwardStudent student = CONFIG.open(TinyBundle.weights(CONFIG, 3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> student.predict(new float[11]))
                .withMessage("expected an array of 12 features, found 11");
    }

    @Test
    void fillsABudgetWithoutPassingIt() {
        for (int budget : new int[] {10_000, 20_000, 50_000}) {
            FeedForwardConfig config = FeedForwardConfig.fitting(98, budget, 16);
            FeedForwardConfig larger = new FeedForwardConfig(98, 16, config.width(), config.hiddenWidth() + 1);
            assertThat(config.parameterCount()).isLessThanOrEqualTo(budget);
            assertThat(larger.parameterCount()).isGreaterThan(budget);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeedForwardConfig.fitting(98, 500, 16))
                .withMessageContaining("found 500");
    }
}
