package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.tensors.Tensor;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InitialStudentTest {
    private static final StudentConfig STUDENT = StudentConfig.of(98, 4, 3, Positions.FORGET);

    private static TrainingPlan plan() {
        return TrainingPlan.of(STUDENT, Objective.crossEntropy(), 1, 7);
    }

    private static InitialStudent drawn(long seed) {
        return new InitialStudent(StudentInitialisation.tensors(STUDENT, seed));
    }

    @Test
    void aTrainingBeginsWithCopiesOfTheStudent() {
        InitialStudent student = drawn(11);

        Map<String, Tensor> begun = StudentInitialisation.tensors(plan().from(student));

        assertThat(begun.keySet()).isEqualTo(student.weights().keySet());
        begun.forEach((name, tensor) -> {
            float[] original =
                    Objects.requireNonNull(student.weights().get(name)).values();
            assertThat(tensor.values()).as(name).containsExactly(original).isNotSameAs(original);
        });
    }

    @Test
    void aStudentOfAnotherShapeIsRefused() {
        InitialStudent other =
                new InitialStudent(StudentInitialisation.tensors(StudentConfig.of(98, 6, 3, Positions.FORGET), 1));

        assertThatThrownBy(() -> plan().from(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found those of another");
    }

    @Test
    void aPlanIsNamedByTheStudentItBeginsWith() {
        assertThat(plan().from(drawn(1))).hasToString(plan().from(drawn(1)).toString());
        assertThat(plan().from(drawn(1)).toString())
                .isNotEqualTo(plan().from(drawn(2)).toString())
                .hasSizeLessThan(2000);
    }
}
