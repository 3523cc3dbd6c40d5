package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.students.Objective.Divergence;
import io.retort.inference.alphabet.Alphabet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveTest {
    private static final int EXPECTED = 7;
    private static final float SHARE = 0.6f;
    private final Random random = new Random(4);

    @ParameterizedTest
    @CsvSource({
        "FORWARD_KL,1",
        "FORWARD_KL,2.5",
        "REVERSE_KL,1",
        "REVERSE_KL,2",
        "JENSEN_SHANNON,1",
        "JENSEN_SHANNON,0.7"
    })
    void gradientEqualsDifferencesOfTheLoss(Divergence divergence, double temperature) {
        Objective objective = new Objective(0.7, divergence, temperature);
        float[] logits = gaussians(1.5);
        float[] teacher = distribution();
        float[] gradient = logits.clone();
        objective.lossAndGradient(gradient, 0, EXPECTED, SHARE, teacher.clone());
        for (int i = 0; i < Alphabet.SIZE; i += 3) {
            float step = 1e-2f;
            double difference = (loss(objective, logits, i, step, teacher) - loss(objective, logits, i, -step, teacher))
                    / (2 * step);
            assertThat(difference)
                    .as("logit %s", i)
                    .isCloseTo(gradient[i], within(2e-4 + 0.02 * Math.abs(gradient[i])));
        }
    }

    @ParameterizedTest
    @CsvSource({"FORWARD_KL", "REVERSE_KL", "JENSEN_SHANNON"})
    void aStudentThatEqualsItsTeacherHasNothingToLearnOfIt(Divergence divergence) {
        Objective objective = new Objective(1, divergence, 1);
        float[] teacher = distribution();
        float[] logits = new float[Alphabet.SIZE];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(teacher[i]);
        }
        objective.lossAndGradient(logits, 0, EXPECTED, 1, teacher);
        for (float gradient : logits) {
            assertThat(gradient).isCloseTo(0, within(1e-5f));
        }
    }

    @Test
    void withoutATeacherItIsTheSurpriseOfWhatOccurred() {
        float[] logits = gaussians(1);
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double expected = Math.log(sum) - logits[EXPECTED];
        double loss = Objective.crossEntropy().lossAndGradient(logits, 0, EXPECTED, 0, new float[Alphabet.SIZE]);
        assertThat(loss).isCloseTo(expected, within(1e-4));
    }

    @Test
    void refusesWhatIsNoObjective() {
        assertThatIllegalArgumentException().isThrownBy(() -> Objective.distillation(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Objective(1, Divergence.FORWARD_KL, 0));
    }

    private static double loss(Objective objective, float[] logits, int moved, float step, float[] teacher) {
        float[] other = logits.clone();
        other[moved] += step;
        return objective.lossAndGradient(other, 0, EXPECTED, SHARE, teacher.clone());
    }

    private float[] distribution() {
        float[] values = gaussians(1);
        float sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.exp(values[i]);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return values;
    }

    private float[] gaussians(double deviation) {
        float[] values = new float[Alphabet.SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
