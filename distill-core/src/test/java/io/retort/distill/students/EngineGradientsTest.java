package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.backpropagation.GradientSource;
import io.retort.distill.backpropagation.Parameters;
import io.retort.distill.backpropagation.StudentPass;
import io.retort.distill.kernels.Kernels;
import io.retort.distill.students.BatchBuilder.Pass;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hand-written pass against the engine's automatic differentiation. */
class EngineGradientsTest {
    private static final TrainableFamily<StudentConfig> FAMILY = new LayeredFamily(StudentConfig.FAMILY);

    @ParameterizedTest
    @EnumSource(Positions.class)
    void bothGiveTheSameLossAndGradient(Positions positions) {
        StudentConfig config = StudentConfig.of(Alphabet.SIZE, 20, 13, positions);
        Parameters weights = new Parameters(StudentTensors.shapes(config));
        weights.load(RandomTensors.of(config, 3));
        Random random = new Random(5);
        List<TrainingDocument> documents = new ArrayList<>();
        for (int length : new int[] {1, 40, 7, 150}) {
            int[] symbols = random.ints(length, 0, Alphabet.END).toArray();
            documents.add(new TrainingDocument(symbols, length / 2, SoftTargets.NONE));
        }
        DocumentSource source = DocumentSource.of(documents);
        BatchBuilder builder =
                new BatchBuilder(source, Objective.crossEntropy(), new PositionWeights(1, 0.1f, 1), Integer.MAX_VALUE);
        Pass pass = builder.build(Window.of(source, 1024)).get(0);

        Parameters plain = new Parameters(weights.shapes());
        Parameters engine = new Parameters(weights.shapes());
        double plainLoss = gradients(new StudentPass(config, Kernels.best()), weights, pass, plain);
        double engineLoss = gradients(
                new EngineGradients(config, constants -> FAMILY.network(config, constants)), weights, pass, engine);

        assertThat(plainLoss).isCloseTo(engineLoss, within(1e-4));
        for (String name : weights.shapes().keySet()) {
            float[] expected = engine.values(name);
            float[] actual = plain.values(name);
            double largest = 0;
            double difference = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i]));
                difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
            }
            assertThat(largest).as(name).isPositive();
            assertThat(difference / largest).as(name).isLessThan(1e-3);
        }
    }

    private static double gradients(GradientSource source, Parameters weights, Pass pass, Parameters gradients) {
        try (source) {
            source.load(weights);
            assertThat(source.loss(pass.packed(), pass.objective())).isPositive();
            double loss = source.lossAndGradient(pass.packed(), pass.objective());
            source.addGradients(gradients);
            return loss;
        }
    }
}
