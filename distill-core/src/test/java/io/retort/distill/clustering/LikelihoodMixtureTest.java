package io.retort.distill.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.students.StudentInitialisation;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.ensembles.Member;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.ensembles.TextReader;
import io.retort.inference.ensembles.Weighting;
import io.retort.inference.scoring.Ending;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.RecurrentAttentionStudent;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The runtime's mixture, which reads with all students at once, says the same. */
class LikelihoodMixtureTest {
    private static final byte[] TEXT = "What was said".getBytes(StandardCharsets.UTF_8);
    private static final double[] WEIGHTS = {0.7, 0, 0.3};

    private static Student student(long seed) {
        StudentConfig config = StudentConfig.of(Alphabet.SIZE, 8, 6, Positions.FORGET);
        return new RecurrentAttentionStudent(config, StudentInitialisation.tensors(config, seed));
    }

    private static float[] read(Student student) {
        int[] symbols = Alphabet.encode(TEXT);
        StudentState state = student.newState(symbols.length + 1);
        float[] logs = new float[symbols.length + 1];
        float[] predicted = new float[Alphabet.SIZE];
        student.step(state, Alphabet.END, predicted);
        for (int i = 0; i < symbols.length; i++) {
            logs[i] = predicted[symbols[i]];
            student.step(state, symbols[i], predicted);
        }
        logs[symbols.length] = predicted[Alphabet.END];
        return logs;
    }

    @Test
    void mixturesAreThoseOfTheRuntime() {
        Student first = student(1);
        Student second = student(2);
        float[][] logs = {read(first), new float[0], read(second)};

        assertThat(LikelihoodMixture.fixed(logs, WEIGHTS))
                .isCloseTo(runtime(first, second, Weighting.FIXED), within(1e-4));
        assertThat(LikelihoodMixture.posterior(logs, WEIGHTS))
                .isCloseTo(runtime(first, second, Weighting.POSTERIOR), within(1e-4));
        assertThat(LikelihoodMixture.fixed(logs, new double[] {1, 0, 0}))
                .isCloseTo(LikelihoodMixture.single(logs[0]), within(1e-9));
    }

    private static double runtime(Student first, Student second, Weighting weighting) {
        Mixture mixture = new Mixture(List.of(new Member(first, 0.7), new Member(second, 0.3)), weighting, 100);
        TextReader.begin(mixture, new byte[0]);
        return TextReader.score(mixture, TEXT, Ending.END);
    }
}
