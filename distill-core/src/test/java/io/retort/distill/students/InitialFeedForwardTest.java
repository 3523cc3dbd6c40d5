package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.tensors.Tensor;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InitialFeedForwardTest {
    private static final StudentConfig STUDENT = StudentConfig.of(98, 4, 3, Positions.FORGET);
    private static final InitialFeedForward INITIAL = new InitialFeedForward(
            4, 2, new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new float[] {-1, -2, -3, -4, -5, -6, -7, -8}, new float[] {
                10, 20, 30, 40, 50, 60, 70, 80
            });

    private static TrainingPlan plan() {
        return TrainingPlan.of(STUDENT, Objective.distillation(0.5), 1, 7);
    }

    private static float[] values(Map<String, Tensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name)).values();
    }

    @Test
    void theFirstChannelsOfTheLastLayerAreTheGivenOnesAndAllElseIsDrawnAsBefore() {
        Map<String, Tensor> drawn = StudentInitialisation.tensors(STUDENT, 7);
        Map<String, Tensor> begun = StudentInitialisation.tensors(plan().withFeedForward(INITIAL));

        float[] gate = values(begun, "layers.1.mlp.gate");
        float[] before = values(drawn, "layers.1.mlp.gate");
        assertThat(gate).containsExactly(1, 2, before[2], 3, 4, before[5], 5, 6, before[8], 7, 8, before[11]);
        // Output rows are channels; a tenth, the size of the embedding.
        assertThat(values(begun, "layers.1.mlp.down")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0);
        assertThat(begun.keySet()).isEqualTo(drawn.keySet());
        for (String name : drawn.keySet()) {
            if (!name.startsWith("layers.1.mlp.")) {
                assertThat(values(begun, name)).as(name).containsExactly(values(drawn, name));
            }
        }
    }

    @Test
    void anotherWidthOrMoreChannelsAreRefused() {
        StudentConfig narrow = StudentConfig.of(98, 4, 1, Positions.FORGET);
        StudentConfig wide = StudentConfig.of(98, 6, 3, Positions.FORGET);

        for (StudentConfig student : new StudentConfig[] {narrow, wide}) {
            assertThatThrownBy(() -> INITIAL.requireFits(student))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found width 4 and 2 hidden channels");
        }
    }

    @Test
    void aPlanIsNamedByTheWeightsItBeginsWith() {
        float[] other = INITIAL.gate().clone();
        other[0] = 9;
        InitialFeedForward changed = new InitialFeedForward(4, 2, other, INITIAL.up(), INITIAL.down());

        assertThat(plan().withFeedForward(changed).toString())
                .isNotEqualTo(plan().withFeedForward(INITIAL).toString());
    }
}
