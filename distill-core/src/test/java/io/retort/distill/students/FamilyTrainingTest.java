package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.distill.students.StudentTrainer.Checkpoints;
import io.retort.distill.students.StudentTrainer.Validation;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.students.StudentScoring;
import io.retort.inference.students.StudentShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every registered family learns a small task: three random letters, again and again. */
class FamilyTrainingTest {

    private static final int LETTERS = 8;
    private static final int PERIOD = 3;
    private static final int LENGTH = 18;
    private static final int STEPS = 300;

    /** Of a text's 19 symbols, letters and END, the first three are chance: ln 8 each, 0.33 nats a symbol. */
    private static final double CHANCE = PERIOD * Math.log(LETTERS) / (LENGTH + 1);

    static Stream<String> families() {
        return TrainableFamilies.all().stream().map(TrainableFamily::name);
    }

    @ParameterizedTest
    @MethodSource("families")
    void learnsWhatTheFrequencyOfLettersDoesNotSay(String family) throws Exception {
        StudentShape shape = TrainableFamilies.fitting(family, Alphabet.SIZE, 6000, StudentOptions.NONE);
        List<String> held = texts(40, 2);
        TrainingPlan plan = new TrainingPlan(
                shape,
                Objective.crossEntropy(),
                PositionWeights.standard(),
                new TrainingPlan.Data(1024, 64),
                TrainingPlan.Optimisation.standard(),
                STEPS,
                1);
        TrainedStudent trained = new StudentTrainer(
                        plan,
                        documents(texts(400, 1)),
                        new Validation(documents(held), STEPS),
                        Checkpoints.NONE,
                        System::nanoTime)
                .train(TrainingListener.NONE);

        double loss = trained.validationLoss().orElseThrow();
        assertThat(loss)
                .as("%s at %.2f nats, unigram %.2f, chance %.2f", family, loss, unigramLoss(held), CHANCE)
                .isLessThan(0.5 * unigramLoss(held))
                .isGreaterThan(0.9 * CHANCE);
        Generation generation = new StudentScoring(family, trained.student(), 100)
                .generate(List.of("cabcab".getBytes(StandardCharsets.US_ASCII)), new GenerationLimits(6))
                .get(0);
        assertThat(new String(generation.bytes(), StandardCharsets.US_ASCII)).isEqualTo("cabcab");
    }

    /** Nats a symbol of the best guess that looks at no context. */
    private static double unigramLoss(List<String> texts) {
        Map<Character, Integer> counts = new TreeMap<>();
        int total = 0;
        for (String text : texts) {
            for (char letter : (text + "$").toCharArray()) {
                counts.merge(letter, 1, Integer::sum);
                total++;
            }
        }
        double loss = 0;
        for (int count : counts.values()) {
            loss -= (double) count / total * Math.log((double) count / total);
        }
        return loss;
    }

    private static DocumentSource documents(List<String> texts) {
        return DocumentSource.of(texts.stream()
                .map(text -> TrainingDocument.of(text.getBytes(StandardCharsets.US_ASCII), 0))
                .toList());
    }

    private static List<String> texts(int count, long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder letters = new StringBuilder();
            for (int j = 0; j < PERIOD; j++) {
                letters.append((char) ('a' + random.nextInt(LETTERS)));
            }
            texts.add(letters.toString().repeat(LENGTH / PERIOD));
        }
        return texts;
    }
}
