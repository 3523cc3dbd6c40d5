package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.students.BatchBuilder.Pass;
import io.retort.inference.alphabet.Alphabet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchBuilderTest {
    private static final int A = 'a' - ' ';
    private static final int STRIDE = 112;

    /** Confidence 0.5 at every position, and a distribution of 0.8 on 'z' and 0.2 on END. */
    private static final SoftTargets TEACHER = new SoftTargets() {
        @Override
        public float confidence(int position) {
            return 0.5f;
        }

        @Override
        public void add(int position, float weight, float[] row, int offset) {
            row[offset + 'z' - ' '] += 0.8f * weight;
            row[offset + Alphabet.END] += 0.2f * weight;
        }
    };

    @Test
    void readsFromEndAndExpectsUpToEnd() {
        Pass pass = passes(SoftTargets.NONE, new PositionWeights(1, 0.1f, 1), 100, new Window(0, 0, 4))
                .get(0);

        assertThat(pass.packed().symbols()).containsExactly(Alphabet.END, A, A + 1, A + 2);
        float[] targets = targets(pass, 4);
        // Weights 0.1 for the prompt's one symbol, then 1 for two symbols and END: 3.1 in all.
        assertThat(targets[A]).isCloseTo(0.1f / 3.1f, within(1e-6f));
        assertThat(targets[STRIDE + A + 1]).isCloseTo(1 / 3.1f, within(1e-6f));
        assertThat(targets[3 * STRIDE + Alphabet.END]).isCloseTo(1 / 3.1f, within(1e-6f));
        assertThat(targets[A + 1]).isCloseTo(0, within(1e-6f));
    }

    @Test
    void mixesTheTeacherInByItsConfidence() {
        Pass pass = passes(TEACHER, new PositionWeights(1, 1, 1), 100, new Window(0, 0, 4))
                .get(0);

        float[] targets = targets(pass, 4);
        // alpha 0.7 and confidence 0.5: 0.35 is the teacher's.
        assertThat(4 * targets[A]).isCloseTo(0.65f, within(1e-5f));
        assertThat(4 * targets['z' - ' ']).isCloseTo(0.35f * 0.8f, within(1e-5f));
        assertThat(4 * targets[Alphabet.END]).isCloseTo(0.35f * 0.2f, within(1e-5f));
        assertThat(4 * targets[3 * STRIDE + Alphabet.END]).isCloseTo(0.65f + 0.35f * 0.2f, within(1e-5f));
    }

    @Test
    void aWindowReadsTheSymbolBeforeIt() {
        Pass pass = passes(SoftTargets.NONE, PositionWeights.standard(), 100, new Window(0, 2, 4))
                .get(0);

        assertThat(pass.packed().symbols()).containsExactly(A + 1, A + 2);
    }

    @Test
    void aBatchIsTheSameInOnePassAndInMany() {
        Window[] windows = {new Window(0, 0, 4), new Window(0, 1, 3), new Window(0, 0, 2)};
        List<Pass> one = passes(TEACHER, PositionWeights.standard(), 100, windows);
        List<Pass> many = passes(TEACHER, PositionWeights.standard(), 4, windows);

        assertThat(one).hasSize(1);
        assertThat(many).hasSize(2);
        assertThat(many.get(0).packed().starts()).containsExactly(0, 4);
        assertThat(many.get(1).packed().starts()).containsExactly(0, 2, 4);
        double loss = many.stream().mapToDouble(BatchBuilderTest::uniformLoss).sum();
        assertThat(loss).isCloseTo(uniformLoss(one.get(0)), within(1e-5));
        // Whatever is expected costs ln of the alphabet, and the weights sum to 1.
        assertThat(loss).isCloseTo(Math.log(Alphabet.SIZE), within(1e-4));
    }

    private static double uniformLoss(Pass pass) {
        int rows = pass.packed().rows();
        return pass.objective().lossAndGradient(new float[rows * STRIDE], STRIDE, rows);
    }

    /** What the gradient of equal scores takes away: weights times targets. */
    private static float[] targets(Pass pass, int rows) {
        float[] gradient = new float[rows * STRIDE];
        pass.objective().lossAndGradient(gradient, STRIDE, rows);
        float[] targets = new float[gradient.length];
        for (int row = 0; row < rows; row++) {
            // All symbols share the part of the softmax; the newline is never expected here.
            float even = gradient[row * STRIDE + Alphabet.NEWLINE];
            for (int i = 0; i < Alphabet.SIZE; i++) {
                targets[row * STRIDE + i] = even - gradient[row * STRIDE + i];
            }
        }
        return targets;
    }

    private static List<Pass> passes(SoftTargets teacher, PositionWeights weights, int rows, Window... windows) {
        TrainingDocument document = new TrainingDocument(new int[] {A, A + 1, A + 2}, 1, teacher);
        return new BatchBuilder(DocumentSource.of(List.of(document)), Objective.distillation(), weights, rows)
                .build(List.of(windows));
    }
}
