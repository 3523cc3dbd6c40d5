package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.retort.distill.optimisation.AdamW;
import io.retort.distill.optimisation.Muon;
import io.retort.distill.students.StudentTrainer.Checkpoints;
import io.retort.distill.students.StudentTrainer.Validation;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentScoring;
import io.retort.inference.tensors.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTrainerTest {

    private static final StudentConfig CONFIG = StudentConfig.of(Alphabet.SIZE, 16, 12, Positions.FORGET);
    private static final int LETTERS = 8;
    private static final int COPIED = 6;
    /** Of an update so large that gradients overflow at the third; at a quarter of it they do not. */
    private static final double TOO_HIGH = 3e16;

    @Test
    void learnsToCopyFarBelowTheEntropyOfWhatIsCopied() throws Exception {
        TrainedStudent trained = trainer(plan(120), Checkpoints.NONE, held()).train(TrainingListener.NONE);

        // Who does not look back needs ln 8 nats for each of the six copied letters, and none for END and the newline;
        // the prompt is not counted.
        double withoutCopying = COPIED * Math.log(LETTERS) / (COPIED + 1);
        assertThat(trained.validationLoss().orElseThrow()).isLessThan(0.25 * withoutCopying);
        assertThat(trained.steps()).isEqualTo(120);

        Generation generation = new StudentScoring("copier", trained.student(), 100)
                .generate(List.of(bytes("abcdef\n")), new GenerationLimits(20))
                .get(0);
        assertThat(new String(generation.bytes(), StandardCharsets.US_ASCII)).isEqualTo("abcdef");
        assertThat(StudentParityTest.largestDifference(CONFIG, trained.weights(), 96))
                .isLessThan(1e-4);
    }

    @Test
    void interruptedAndContinuedGivesTheSameWeights() throws Exception {
        Map<String, Tensor> expected = trainer(plan(30), Checkpoints.NONE, held())
                .train(TrainingListener.NONE)
                .weights();
        MemoryStore store = new MemoryStore();
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void progressed(Progress progress) {
                if (progress.step() == 20) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        StudentTrainer trainer = trainer(plan(30), new Checkpoints(store, 1e9), held());
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> trainer.train(interrupting));
        List<Integer> resumed = new ArrayList<>();
        TrainingListener listening = new TrainingListener() {
            @Override
            public void resumed(int step) {
                resumed.add(step);
            }
        };

        Map<String, Tensor> continued = trainer.train(listening).weights();

        assertThat(resumed).containsExactly(20);
        assertSame(continued, expected);
    }

    @Test
    void pausedTwiceAndContinuedGivesTheSameWeights() throws Exception {
        TrainedStudent whole = trainer(plan(30), Checkpoints.NONE, held()).train(TrainingListener.NONE);
        MemoryStore store = new MemoryStore();
        StudentTrainer trainer = trainer(plan(30), new Checkpoints(store, 1e9), held());

        TrainedStudent first = trainer.trainTo(7, TrainingListener.NONE);
        TrainedStudent again = trainer.trainTo(7, TrainingListener.NONE);
        TrainedStudent second = trainer.trainTo(23, TrainingListener.NONE);
        TrainedStudent last = trainer.trainTo(1000, TrainingListener.NONE);

        assertThat(List.of(first.steps(), again.steps(), second.steps(), last.steps()))
                .containsExactly(7, 7, 23, 30);
        assertSame(again.weights(), first.weights());
        assertThat(first.validationLoss()).isEmpty();
        assertThat(first.trainingLoss()).isFinite();
        assertSame(last.weights(), whole.weights());
        assertThat(last.validationLoss()).isEqualTo(whole.validationLoss());
    }

    @Test
    void trainsTwoStudentsSideBySideAsOneByOne() throws Exception {
        Map<String, Tensor> alone = trainer(plan(10), Checkpoints.NONE, held())
                .train(TrainingListener.NONE)
                .weights();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<TrainedStudent>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(threads.submit(
                        () -> trainer(plan(10), Checkpoints.NONE, held()).train(TrainingListener.NONE)));
            }
            assertSame(both.get(0).get().weights(), alone);
            assertSame(both.get(1).get().weights(), alone);
        } finally {
            threads.shutdown();
        }
    }

    /** A teacher whose distribution is no number, from some look at it on. */
    private static DocumentSource poisoned(int healthyLooks, int sickLooks) {
        int[] looks = new int[1];
        SoftTargets teacher = new SoftTargets() {
            @Override
            public float confidence(int position) {
                return 1;
            }

            @Override
            public void add(int position, float weight, float[] row, int offset) {
                looks[0]++;
                boolean sick = looks[0] > healthyLooks && looks[0] <= healthyLooks + sickLooks;
                row[offset] += sick ? Float.NaN : weight;
            }
        };
        int[] symbols = {0, 0, 0};
        return DocumentSource.of(
                List.of(new TrainingDocument(symbols, 0, teacher), new TrainingDocument(symbols, 0, teacher)));
    }

    private static StudentTrainer poisonedTrainer(DocumentSource documents, int steps) {
        TrainingPlan plan =
                TrainingPlan.of(CONFIG, Objective.distillation(), steps, 1).withData(new TrainingPlan.Data(8, 32));
        return new StudentTrainer(plan, documents, Validation.NONE, Checkpoints.NONE, System::nanoTime);
    }

    /**
     * Two documents of four positions a batch: eight looks a step. Points are 200 steps apart, and the last is as near to what
     * went wrong as a step: it goes to the one before.
     */
    @ParameterizedTest
    @CsvSource({"1, 0", "200, 0", "201, 0", "400, 0", "401, 200", "411, 200"})
    void goesBackWithHalfTheRateWhenALossIsNoNumber(int failing, int back) throws Exception {
        List<String> restarts = new ArrayList<>();
        TrainingListener listening = new TrainingListener() {
            @Override
            public void restarted(int failedStep, int step, double rateFactor, String reason) {
                restarts.add(failedStep + " to " + step + " at " + rateFactor);
                assertThat(reason)
                        .contains("step " + failing + ",")
                        .contains("documents")
                        .contains("1");
            }
        };
        TrainedStudent trained =
                poisonedTrainer(poisoned(8 * (failing - 1), 8), 420).train(listening);

        assertThat(restarts).containsExactly(failing + " to " + back + " at 0.5");
        assertThat(trained.steps()).isEqualTo(420);
        assertThat(trained.trainingLoss()).isFinite();
    }

    @Test
    void aRateThatIsTooHighIsHalvedUntilItIsNot() throws Exception {
        List<Double> rates = new ArrayList<>();
        TrainingListener listening = new TrainingListener() {
            @Override
            public void restarted(int failedStep, int step, double rateFactor, String reason) {
                rates.add(rateFactor);
            }
        };
        AdamW.Settings standard = AdamW.Settings.standard();
        TrainingPlan.Optimisation tooHigh = new TrainingPlan.Optimisation(
                Muon.Settings.standard(),
                new AdamW.Settings(TOO_HIGH, standard.firstDecay(), standard.secondDecay(), standard.floor(), 0));

        TrainedStudent trained = trainer(plan(3).withOptimisation(tooHigh), Checkpoints.NONE, held())
                .train(listening);

        assertThat(rates).containsExactly(0.5, 0.25);
        assertThat(trained.steps()).isEqualTo(3);
        assertThat(trained.trainingLoss()).isFinite();
    }

    @Test
    void failsByNameAfterTwoRestarts() {
        List<Double> rates = new ArrayList<>();
        TrainingListener listening = new TrainingListener() {
            @Override
            public void restarted(int failedStep, int step, double rateFactor, String reason) {
                rates.add(rateFactor);
            }
        };
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(
                        () -> poisonedTrainer(poisoned(8 * 5, 1_000_000), 20).train(listening))
                .withMessageContaining("step 1,")
                .withMessageContaining("2 restarts");
        assertThat(rates).containsExactly(0.5, 0.25);
    }

    @Test
    void refusesTheCheckpointOfAnotherTraining() throws Exception {
        MemoryStore store = new MemoryStore();
        trainer(plan(2), new Checkpoints(store, 0), held()).train(TrainingListener.NONE);
        StudentTrainer other = trainer(plan(3), new Checkpoints(store, 0), held());

        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> other.train(TrainingListener.NONE))
                .withMessageContaining("steps=3")
                .withMessageContaining("steps=2");
    }

    @Test
    void refusesACheckpointThatWasCutOff() throws Exception {
        MemoryStore store = new MemoryStore();
        trainer(plan(2), new Checkpoints(store, 0), held()).train(TrainingListener.NONE);
        byte[] whole = store.latest().orElseThrow();
        for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
            store.save(Arrays.copyOf(whole, length));
            StudentTrainer trainer = trainer(plan(2), new Checkpoints(store, 0), held());

            assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> trainer.train(TrainingListener.NONE));
        }
    }

    private static TrainingPlan plan(int steps) {
        return new TrainingPlan(
                CONFIG,
                Objective.crossEntropy(),
                new PositionWeights(1, 0, 1),
                new TrainingPlan.Data(1024, 64),
                TrainingPlan.Optimisation.standard(),
                steps,
                1);
    }

    private static StudentTrainer trainer(TrainingPlan plan, Checkpoints checkpoints, DocumentSource held) {
        return new StudentTrainer(plan, copies(200, 1), new Validation(held, 10), checkpoints, System::nanoTime);
    }

    private static DocumentSource held() {
        return copies(40, 2);
    }

    /** Prompts of random letters and a newline, to be answered by the same letters. */
    private static DocumentSource copies(int count, long seed) {
        Random random = new Random(seed);
        List<TrainingDocument> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder letters = new StringBuilder();
            for (int j = 0; j < COPIED; j++) {
                letters.append((char) ('a' + random.nextInt(LETTERS)));
            }
            documents.add(TrainingDocument.of(bytes(letters + "\n" + letters), COPIED + 1));
        }
        return DocumentSource.of(documents);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((name, tensor) -> {
            float[] values = Objects.requireNonNull(expected.get(name), name).values();
            assertThat(tensor.values()).as(name).containsExactly(values);
        });
    }

    private static final class MemoryStore implements CheckpointStore {
        private Optional<byte[]> kept = Optional.empty();

        @Override
        public Optional<byte[]> latest() {
            return kept;
        }

        @Override
        public void save(byte[] checkpoint) {
            kept = Optional.of(checkpoint);
        }
    }
}
