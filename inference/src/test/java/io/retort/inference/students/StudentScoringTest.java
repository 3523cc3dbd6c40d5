package io.retort.inference.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import io.retort.inference.students.Mixer.Positions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudentScoringTest {

    private final StudentConfig config = StudentConfig.of(Alphabet.SIZE, 8, 6, Positions.FORGET);
    private final Student student =
            new RecurrentAttentionStudent(config, RecurrentAttentionStudentTest.tensors(config, 3));
    private final StudentScoring scoring = new StudentScoring("expert", student, 64);

    @Test
    void probabilitiesOfAllNextBytesAndTheEndSumToAtMostOne() {
        byte[] context = bytes("12 + 7 =\n");
        List<ScoringRequest> requests = new ArrayList<>();
        requests.add(new ScoringRequest(context, new byte[0], Ending.END));
        for (int value = 0; value < 256; value++) {
            requests.add(new ScoringRequest(context, new byte[] {(byte) value}, Ending.OPEN));
        }
        double sum = 0;
        for (double value : scoring.logLikelihoods(requests)) {
            sum += Math.exp(value);
        }
        // What is missing is an escape followed by anything but two hexadecimal digits.
        assertThat(sum).isBetween(0.5, 1.00001);
    }

    @Test
    void likelihoodsAddUpOverAText() {
        double whole = score("", "abc\u00e9d", Ending.END);
        double parts = score("", "abc", Ending.OPEN)
                + score("abc", "\u00e9", Ending.OPEN)
                + score("abc\u00e9", "d", Ending.END);

        assertThat(whole).isCloseTo(parts, within(1e-5));
    }

    @Test
    void generationReportsItsOwnLikelihood() {
        Generation generation = scoring.generate(List.of(bytes("say\n")), new GenerationLimits(5))
                .get(0);
        Ending ending = generation.stop() == StopReason.END_OF_TEXT ? Ending.END : Ending.OPEN;

        double expected =
                scoring.logLikelihoods(List.of(new ScoringRequest(bytes("say\n"), generation.bytes(), ending)))[0];

        assertThat(generation.logLikelihood()).isCloseTo(expected, within(1e-5));
        assertThat(generation.bytes().length).isLessThanOrEqualTo(5);
    }

    @Test
    void aPromptThatFillsTheContextGivesNothing() {
        Generation full = scoring.generate(List.of(bytes("x".repeat(64))), new GenerationLimits(5))
                .get(0);
        Generation nearlyFull = scoring.generate(List.of(bytes("x".repeat(62))), new GenerationLimits(50))
                .get(0);

        assertThat(full.stop()).isEqualTo(StopReason.CONTEXT_LIMIT);
        assertThat(full.bytes()).isEmpty();
        assertThat(nearlyFull.bytes().length).isLessThanOrEqualTo(2);
    }

    @Test
    void refusesATextThatIsTooLongToScore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> score("x".repeat(60), "yyyy", Ending.OPEN))
                .withMessageContaining("request 0")
                .withMessageContaining("at most 63");
    }

    @Test
    void refusesAStudentOfAnotherAlphabet() {
        StudentConfig other = StudentConfig.of(10, 8, 6, Positions.FORGET);
        Student stranger = new RecurrentAttentionStudent(other, RecurrentAttentionStudentTest.tensors(other, 1));

        assertThatIllegalArgumentException().isThrownBy(() -> new StudentScoring("stranger", stranger, 10));
    }

    private double score(String context, String continuation, Ending ending) {
        return scoring.logLikelihoods(List.of(new ScoringRequest(bytes(context), bytes(continuation), ending)))[0];
    }

    @Test
    void coldSamplingWritesWhatGreedyDoes() {
        byte[] prompt = bytes("12 + 7 =\n");
        Generation greedy =
                scoring.generate(List.of(prompt), new GenerationLimits(12)).get(0);

        Generation sampled = scoring.sample(prompt, 5, new Sampling(1e-6, 1), new GenerationLimits(12));

        assertThat(sampled.bytes()).isEqualTo(greedy.bytes());
        assertThat(sampled.logLikelihood()).isCloseTo(greedy.logLikelihood(), within(1e-9));
    }

    @Test
    void samplesOfOneSeedAreEqualAndOfManyDiffer() {
        byte[] prompt = bytes("Once");
        Sampling sampling = new Sampling(1, 1);
        List<String> texts = new ArrayList<>();
        for (long seed = 0; seed < 8; seed++) {
            byte[] text = scoring.sample(prompt, seed, sampling, new GenerationLimits(10))
                    .bytes();
            assertThat(scoring.sample(prompt, seed, sampling, new GenerationLimits(10))
                            .bytes())
                    .isEqualTo(text);
            texts.add(new String(text, StandardCharsets.ISO_8859_1));
        }
        assertThat(texts).doesNotHaveDuplicates();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
