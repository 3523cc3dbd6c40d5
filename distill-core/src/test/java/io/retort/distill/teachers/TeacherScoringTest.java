package io.retort.distill.teachers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherScoringTest {
    @TempDir
    Path directory;

    private NanoTeacher teacher;
    private TeacherScoring scoring;

    @BeforeEach
    void load() throws Exception {
        SmallTeachers.write(directory, 33);
        teacher = NanoTeacher.load(directory);
        scoring = new TeacherScoring(teacher);
    }

    @AfterEach
    void close() {
        scoring.close();
    }

    @Test
    void aLikelihoodIsTheSumOverTheContinuationsTokensAndTheEndWhereAsked() {
        double open = scoring.logLikelihoods(List.of(request("the fox\n", "brown dog", Ending.OPEN)))[0];
        double ended = scoring.logLikelihoods(List.of(request("the fox\n", "brown dog", Ending.END)))[0];
        int[] context = teacher.tokenizer().encode("the fox\n");
        int[] all = teacher.tokenizer().encode("the fox\nbrown dog");
        List<float[]> distributions = distributions(all);
        double expected = 0;
        for (int i = context.length; i < all.length; i++) {
            expected += distributions.get(i)[all[i]];
        }
        assertThat(open).isCloseTo(expected, within(1e-5));
        int eos = teacher.tokenizer().eos();
        assertThat(ended).isCloseTo(expected + distributions.get(all.length)[eos], within(1e-5));
    }

    @Test
    void aContinuationIsGreedyWhereEachOfItsTokensIsTheLikeliest() {
        int seen = 0;
        for (String context :
                List.of("the fox\n", "dog", "12", "brown ", "a lazy", "jumps over\n", "7 + 5 =", "quick")) {
            int[] ids = teacher.tokenizer().encode(context);
            float[] next = distributions(ids).get(ids.length);
            int best = 0;
            for (int id = 1; id < next.length; id++) {
                best = next[id] > next[best] ? id : best;
            }
            String likeliest = new String(teacher.tokenizer().bytesOf(best), StandardCharsets.UTF_8);
            if (!Arrays.equals(teacher.tokenizer().encodeContinuation(likeliest), new int[] {best})) {
                continue; // a token of its own in another place alone
            }
            List<ContinuationScore> scores = scoring.scores(List.of(
                    request(context, likeliest, Ending.OPEN),
                    request(context, likeliest.equals("z") ? "x" : "z", Ending.OPEN)));
            assertThat(scores.get(0).greedy()).as(context).isTrue();
            assertThat(scores.get(1).greedy()).as(context).isFalse();
            seen++;
        }
        assertThat(seen).isPositive();
    }

    @Test
    void theLikelihoodOfAContinuationIsTheSumOfItsPartsInTurn() {
        double whole = scoring.logLikelihoods(List.of(request("", "the fox\nbrown\ndog", Ending.END)))[0];
        double[] parts = scoring.logLikelihoods(List.of(
                request("", "the fox\n", Ending.OPEN),
                request("the fox\n", "brown\n", Ending.OPEN),
                request("the fox\nbrown\n", "dog", Ending.END)));
        assertThat(parts[0] + parts[1] + parts[2]).isCloseTo(whole, within(1e-4));
    }

    @Test
    void aTextLongerThanTheContextIsScoredInWindowsWithHalfAContextBeforeEachToken() {
        String text = "the lazy dog and the quick fox 1234567890 ".repeat(5);
        int[] all = teacher.tokenizer().encode(text);
        assertThat(all.length).isGreaterThan(2 * teacher.contextTokens());
        double found = scoring.logLikelihoods(List.of(request("", text, Ending.OPEN)))[0];
        // Windows of 64 that move by 32; the last one reaches back a whole context.
        double expected = 0;
        int scored = 0;
        while (scored < all.length) {
            int from = scored == 0 ? 0 : Math.min(scored - 32, all.length - 64);
            int to = Math.min(from + 64, all.length);
            int[] window = Arrays.copyOfRange(all, from, to);
            List<float[]> distributions = distributions(window);
            for (int i = scored; i < to; i++) {
                expected += distributions.get(i - from)[all[i]];
            }
            scored = to;
        }
        assertThat(found).isCloseTo(expected, within(1e-3));
    }

    @Test
    void greedyGenerationIsTheMostLikelyTokenOfTheWholePassAtEveryPosition() {
        List<String> prompts = List.of("the fox\n", "a", "quick brown dogs and foxes\n", "");
        List<Generation> generations = generate(prompts, 24);
        for (int i = 0; i < prompts.size(); i++) {
            assertGreedy(prompts.get(i), generations.get(i), 24);
        }
    }

    @Test
    void aGenerationDoesNotDependOnItsBatch() {
        List<String> prompts = List.of("the fox\n", "lazy", "quick brown dogs and foxes\n", "12", "the");
        List<Generation> together = generate(prompts, 30);
        for (int i = 0; i < prompts.size(); i++) {
            Generation alone = generate(List.of(prompts.get(i)), 30).get(0);
            assertThat(together.get(i).bytes()).as(prompts.get(i)).isEqualTo(alone.bytes());
            assertThat(together.get(i).stop()).isEqualTo(alone.stop());
            assertThat(together.get(i).logLikelihood()).isCloseTo(alone.logLikelihood(), within(1e-4));
        }
    }

    @Test
    void aGenerationStopsAtTheEndOfTheContext() {
        Generation generation = generate(List.of("the fox "), 10_000).get(0);
        int prompt = teacher.tokenizer().encode("the fox ").length;
        if (generation.stop() == StopReason.END_OF_TEXT) {
            return; // these random weights ended the text before; the greedy test covers what they wrote
        }
        assertThat(generation.stop()).isEqualTo(StopReason.CONTEXT_LIMIT);
        assertGreedy("the fox ", generation, 10_000);
        assertThat(prompt).isLessThan(teacher.contextTokens());
    }

    @Test
    void aPromptThatFillsTheContextGetsAnEmptyGeneration() {
        Generation generation =
                generate(List.of("1 2 3 4 5 6 7 8 9 ".repeat(10)), 10).get(0);
        assertThat(generation.bytes()).isEmpty();
        assertThat(generation.stop()).isEqualTo(StopReason.CONTEXT_LIMIT);
    }

    /** Decodes again with whole passes only. */
    private void assertGreedy(String prompt, Generation generation, int maxBytes) {
        List<Integer> ids = new ArrayList<>();
        for (int id : teacher.tokenizer().encode(prompt)) {
            ids.add(id);
        }
        int start = ids.size();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        double logLikelihood = 0;
        StopReason stop = StopReason.CONTEXT_LIMIT;
        while (ids.size() < teacher.contextTokens() && ids.size() - start <= maxBytes) {
            int[] padded = new int[ids.size() + 1];
            for (int i = 0; i < ids.size(); i++) {
                padded[i] = ids.get(i);
            }
            float[] distribution = distributions(padded).get(ids.size());
            int best = 0;
            for (int id = 1; id < distribution.length; id++) {
                best = distribution[id] > distribution[best] ? id : best;
            }
            byte[] text = teacher.tokenizer().bytesOf(best);
            if (best != teacher.tokenizer().eos() && bytes.size() + text.length > maxBytes) {
                stop = StopReason.BYTE_LIMIT;
                break;
            }
            logLikelihood += distribution[best];
            bytes.writeBytes(text);
            ids.add(best);
            if (best == teacher.tokenizer().eos()) {
                stop = StopReason.END_OF_TEXT;
                break;
            }
        }
        assertThat(generation.bytes()).as(prompt).isEqualTo(bytes.toByteArray());
        assertThat(generation.stop()).isEqualTo(stop);
        assertThat(generation.logLikelihood()).isCloseTo(logLikelihood, within(1e-4));
    }

    private List<Generation> generate(List<String> prompts, int maxBytes) {
        return scoring.generate(
                prompts.stream()
                        .map(prompt -> prompt.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                new GenerationLimits(maxBytes));
    }

    /** Distributions before each id and, where it fits the context, before the end. */
    private List<float[]> distributions(int[] ids) {
        int[] extended = Arrays.copyOf(ids, Math.min(ids.length + 1, teacher.contextTokens()));
        List<float[]> distributions = new ArrayList<>();
        teacher.score(
                List.of(extended),
                (sequence, position, logProbabilities) -> distributions.add(logProbabilities.clone()));
        return distributions;
    }

    private static ScoringRequest request(String context, String continuation, Ending ending) {
        return new ScoringRequest(
                context.getBytes(StandardCharsets.UTF_8), continuation.getBytes(StandardCharsets.UTF_8), ending);
    }
}
