package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.retort.distill.students.BatchBuilder.Batch;
import io.retort.inference.alphabet.Alphabet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchBuilderTest {

    private static final int A = 'a' - ' ';

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
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Batch batch = batch(manager, SoftTargets.NONE, new PositionWeights(1, 0.1f, 1), new Window(0, 0, 4));

            long[] symbols = batch.symbols().toLongArray();
            assertThat(symbols).startsWith(Alphabet.END, A, A + 1, A + 2, 0).hasSize(32);
            float[] targets = batch.targets().toFloatArray();
            // Weights 0.1 for the prompt's one symbol, then 1 for two symbols and END: 3.1 in all.
            assertThat(targets[A]).isCloseTo(0.1f / 3.1f, within(1e-6f));
            assertThat(targets[Alphabet.SIZE + A + 1]).isCloseTo(1 / 3.1f, within(1e-6f));
            assertThat(targets[3 * Alphabet.SIZE + Alphabet.END]).isCloseTo(1 / 3.1f, within(1e-6f));
            assertThat(batch.targets().sum().getFloat()).isCloseTo(1, within(1e-6f));
            assertThat(batch.targets().gt(0).sum().getLong()).isEqualTo(4);
        }
    }

    @Test
    void mixesTheTeacherInByItsConfidence() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Batch batch = batch(manager, TEACHER, new PositionWeights(1, 1, 1), new Window(0, 0, 4));

            float[] targets = batch.targets().mul(4).toFloatArray();
            // alpha 0.7 and confidence 0.5: 0.35 is the teacher's.
            assertThat(targets[A]).isCloseTo(0.65f, within(1e-6f));
            assertThat(targets['z' - ' ']).isCloseTo(0.35f * 0.8f, within(1e-6f));
            assertThat(targets[Alphabet.END]).isCloseTo(0.35f * 0.2f, within(1e-6f));
            assertThat(targets[3 * Alphabet.SIZE + Alphabet.END]).isCloseTo(0.65f + 0.35f * 0.2f, within(1e-6f));
        }
    }

    @Test
    void aWindowReadsTheSymbolBeforeIt() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Batch batch = batch(manager, SoftTargets.NONE, PositionWeights.standard(), new Window(0, 2, 4));

            assertThat(batch.symbols().toLongArray()).startsWith(A + 1, A + 2, 0);
        }
    }

    private static Batch batch(NDManager manager, SoftTargets teacher, PositionWeights weights, Window window) {
        TrainingDocument document = new TrainingDocument(new int[] {A, A + 1, A + 2}, 1, teacher);
        return new BatchBuilder(DocumentSource.of(List.of(document)), Objective.distillation(), weights)
                .build(manager, List.of(window));
    }
}
