package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.RecurrentAttentionStudent;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentState;
import io.retort.inference.tensors.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StudentInitialisationTest {

    @ParameterizedTest
    @CsvSource({"24, 17, FORGET", "40, 49, LOGARITHMIC"})
    void fillsExactlyTheParametersThatTheConfigCounts(int width, int hidden, Positions positions) {
        StudentConfig config = StudentConfig.of(Alphabet.SIZE, width, hidden, positions);

        long values = StudentInitialisation.tensors(config, 1).values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();

        assertThat(values).isEqualTo(config.parameterCount());
    }

    @ParameterizedTest
    @EnumSource(Positions.class)
    void predictsWhatFollowedTheLastOccurrenceBeforeAnyTraining(Positions positions) {
        StudentConfig config = StudentConfig.of(Alphabet.SIZE, 32, 41, positions);
        Student student = new RecurrentAttentionStudent(config, StudentInitialisation.tensors(config, 3));
        Random random = new Random(8);
        int right = 0;
        int asked = 0;
        for (int trial = 0; trial < 20; trial++) {
            // Words of distinct random letters; each is begun a second time and has to be continued.
            StringBuilder text = new StringBuilder();
            String[] words = new String[6];
            for (int i = 0; i < words.length; i++) {
                words[i] = word(random);
                text.append(words[i]).append(' ');
            }
            String asking = words[random.nextInt(words.length)];
            text.append(asking, 0, 4);
            for (int at = 4; at < asking.length(); at++) {
                asked++;
                right += next(student, text.toString()) == asking.charAt(at) ? 1 : 0;
                text.append(asking.charAt(at));
            }
        }
        assertThat((double) right / asked).as("share of continued letters").isGreaterThan(0.9);
    }

    @Test
    void differsBySeedAndByNothingElse() {
        StudentConfig config = StudentConfig.of(Alphabet.SIZE, 8, 8, Positions.FORGET);
        Map<String, Tensor> first = StudentInitialisation.tensors(config, 1);

        StudentInitialisation.tensors(config, 1)
                .forEach((name, tensor) -> assertThat(tensor.values()).containsExactly(values(first, name)));
        assertThat(values(StudentInitialisation.tensors(config, 2), "embedding"))
                .isNotEqualTo(values(first, "embedding"));
    }

    private static float[] values(Map<String, Tensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name), name).values();
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            word.append((char) ('!' + random.nextInt(90)));
        }
        return word.toString();
    }

    private static char next(Student student, String text) {
        float[] logProbabilities = new float[Alphabet.SIZE];
        StudentState state = student.newState(text.length() + 1);
        student.step(state, Alphabet.END, logProbabilities);
        for (int symbol : Alphabet.encode(text.getBytes(StandardCharsets.US_ASCII))) {
            student.step(state, symbol, logProbabilities);
        }
        int best = 0;
        for (int symbol = 1; symbol < Alphabet.SIZE; symbol++) {
            best = logProbabilities[symbol] > logProbabilities[best] ? symbol : best;
        }
        return (char) Alphabet.byteOf(best);
    }
}
