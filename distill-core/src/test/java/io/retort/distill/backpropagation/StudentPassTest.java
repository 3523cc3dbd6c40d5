package io.retort.distill.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.ScalarKernels;
import io.retort.distill.kernels.VectorKernels;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentTensors;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StudentPassTest {
    private static final int ALPHABET = 11;
    /** Its layers are run twice, so that a weight's gradient comes from two places. */
    private static final StudentConfig CONFIG = new StudentConfig(
            ALPHABET,
            12,
            5,
            List.of(
                    new Recurrence(3),
                    new Attention(2, 3, Positions.LOGARITHMIC),
                    new Attention(3, 4, Positions.FORGET)),
            2);

    @Test
    void gradientsEqualCentralDifferencesAlongRandomDirections() {
        Random random = new Random(2);
        Parameters parameters = random(random);
        Packed packed = packed(random, 1, 70, 9, 2);
        float[] targets = targets(random, packed.rows());
        Parameters gradients = gradients(new VectorKernels(), parameters, packed, targets);
        for (String name : parameters.shapes().keySet()) {
            float[] values = parameters.values(name);
            float[] gradient = gradients.values(name);
            double largest = 0;
            for (int trial = 0; trial < 4; trial++) {
                double expected = 0;
                float[] kept = values.clone();
                float[] direction = new float[values.length];
                for (int i = 0; i < values.length; i++) {
                    direction[i] = (float) random.nextGaussian();
                    expected += (double) gradient[i] * direction[i];
                }
                double step = 2e-3 / Math.sqrt(values.length);
                double difference = (moved(parameters, name, kept, direction, step, packed, targets)
                                - moved(parameters, name, kept, direction, -step, packed, targets))
                        / (2 * step);
                System.arraycopy(kept, 0, values, 0, values.length);
                assertThat(difference).as(name).isCloseTo(expected, within(0.01 + 0.02 * Math.abs(expected)));
                largest = Math.max(largest, Math.abs(expected));
            }
            assertThat(largest).as(name).isGreaterThan(0.05);
        }
    }

    @Test
    void wideInstructionsAndPlainLoopsGiveTheSameBits() {
        Random random = new Random(3);
        Parameters parameters = random(random);
        Packed packed = packed(random, 40, 3, 65);
        float[] targets = targets(random, packed.rows());
        Parameters scalar = gradients(new ScalarKernels(), parameters, packed, targets);
        Parameters vector = gradients(new VectorKernels(), parameters, packed, targets);
        for (String name : parameters.shapes().keySet()) {
            assertThat(vector.values(name)).as(name).containsExactly(scalar.values(name));
        }
    }

    @Test
    void sequencesDoNotSeeEachOther() {
        Random random = new Random(4);
        Parameters parameters = random(random);
        StudentPass pass = new StudentPass(CONFIG, new VectorKernels());
        pass.load(parameters);
        Packed both = packed(random, 33, 20);
        float[][] together = new float[1][];
        pass.loss(both, keep(together));
        float[][] alone = new float[1][];
        pass.loss(new Packed(java.util.Arrays.copyOfRange(both.symbols(), 33, 53), new int[] {0, 20}), keep(alone));
        assertThat(java.util.Arrays.copyOfRange(together[0], 33 * 16, 53 * 16)).containsExactly(alone[0]);
    }

    private static RowObjective keep(float[][] kept) {
        return (logits, stride, rows) -> {
            kept[0] = java.util.Arrays.copyOf(logits, rows * stride);
            return 0;
        };
    }

    private static double moved(
            Parameters parameters,
            String name,
            float[] kept,
            float[] direction,
            double step,
            Packed packed,
            float[] targets) {
        float[] values = parameters.values(name);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (kept[i] + step * direction[i]);
        }
        StudentPass pass = new StudentPass(CONFIG, new VectorKernels());
        pass.load(parameters);
        return pass.loss(packed, crossEntropy(targets));
    }

    private static Parameters gradients(Kernels kernels, Parameters parameters, Packed packed, float[] targets) {
        StudentPass pass = new StudentPass(CONFIG, kernels);
        pass.load(parameters);
        pass.lossAndGradient(packed, crossEntropy(targets));
        Parameters gradients = new Parameters(StudentTensors.shapes(CONFIG));
        pass.addGradients(gradients);
        return gradients;
    }

    /** In double precision, so that differences can be taken. */
    private static RowObjective crossEntropy(float[] targets) {
        return (logits, stride, rows) -> {
            double loss = 0;
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                double weight = 0;
                for (int i = 0; i < ALPHABET; i++) {
                    sum += Math.exp(logits[row * stride + i]);
                    weight += targets[row * ALPHABET + i];
                }
                for (int i = 0; i < ALPHABET; i++) {
                    double logit = logits[row * stride + i];
                    loss -= targets[row * ALPHABET + i] * (logit - Math.log(sum));
                    logits[row * stride + i] = (float) (weight * Math.exp(logit) / sum - targets[row * ALPHABET + i]);
                }
            }
            return loss;
        };
    }

    private static Parameters random(Random random) {
        Parameters parameters = new Parameters(StudentTensors.shapes(CONFIG));
        for (String name : parameters.shapes().keySet()) {
            float[] values = parameters.values(name);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.4 * random.nextGaussian() + (name.endsWith("scale") ? 2 : 0));
            }
        }
        return parameters;
    }

    private static Packed packed(Random random, int... lengths) {
        int[] starts = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            starts[i + 1] = starts[i] + lengths[i];
        }
        return new Packed(random.ints(starts[lengths.length], 0, ALPHABET).toArray(), starts);
    }

    private static float[] targets(Random random, int rows) {
        float[] targets = new float[rows * ALPHABET];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (float) (Math.pow(random.nextGaussian(), 2) / targets.length * 60);
        }
        return targets;
    }
}
