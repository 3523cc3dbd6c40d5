package io.retort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.Expert;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.ensembles.LongPrompt;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.routing.ExpertChoice;
import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import io.retort.inference.students.MemoryFormat;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentScoring;
import io.retort.inference.students.StudentState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RetortTest {
    private static final List<String> EXPERTS = List.of("a", "b", "c", "d");
    private static final GenerationLimits LIMITS = new GenerationLimits(40);

    private final Retort retort = new Retort(Bundle.open(new MemoryBundleSource(TinyBundle.files(EXPERTS))));

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** ln p(continuation | context) of one student, by the definition: start, context, continuation, end. */
    private static double directly(Student student, String context, String continuation, Ending ending) {
        int[] symbols = Alphabet.encode(ascii(context + continuation));
        StudentState state = student.newState(symbols.length + 1);
        float[] logProbabilities = new float[Alphabet.SIZE];
        student.step(state, Alphabet.END, logProbabilities);
        double sum = 0;
        for (int i = 0; i < symbols.length; i++) {
            sum += i >= context.length() ? logProbabilities[symbols[i]] : 0;
            student.step(state, symbols[i], logProbabilities);
        }
        return ending == Ending.END ? sum + logProbabilities[Alphabet.END] : sum;
    }

    private double fixed(String expert, ScoringRequest request) {
        return retort.logLikelihoods(List.of(request), new ExpertSelection.Fixed(expert))[0];
    }

    @Test
    void oneExpertScoresExactlyAsItsStudentDoes() {
        for (Expert expert : retort.bundle().experts()) {
            for (Ending ending : Ending.values()) {
                assertThat(fixed(expert.id(), new ScoringRequest(ascii("2+2="), ascii("4\n"), ending)))
                        .isEqualTo(directly(expert.open(), "2+2=", "4\n", ending));
                assertThat(fixed(expert.id(), new ScoringRequest(new byte[0], ascii("x"), ending)))
                        .isEqualTo(directly(expert.open(), "", "x", ending));
            }
        }
    }

    @Test
    void aStudentAloneIsTheSameModelAsItsExpertInABundle() {
        StudentScoring alone =
                new StudentScoring("a", retort.bundle().experts().get(0).open(), Retort.MAX_SYMBOLS);
        RetortScoring fixed = new RetortScoring(retort, new ExpertSelection.Fixed("a"), "a");
        List<ScoringRequest> requests = List.of(
                new ScoringRequest(ascii("go "), ascii("left"), Ending.END),
                new ScoringRequest(ascii("go "), ascii("right"), Ending.OPEN),
                new ScoringRequest(new byte[0], ascii("x"), Ending.END));
        assertThat(alone.logLikelihoods(requests)).isEqualTo(fixed.logLikelihoods(requests));
        Generation expected = fixed.generate(List.of(ascii("go\n")), LIMITS).get(0);
        Generation generation = alone.generate(List.of(ascii("go\n")), LIMITS).get(0);
        assertThat(generation.bytes()).isEqualTo(expected.bytes());
        assertThat(generation.logLikelihood()).isEqualTo(expected.logLikelihood());
    }

    @Test
    void theEnsembleScoresAsTheMixtureComputedByHand() {
        ScoringRequest request = new ScoringRequest(ascii("2+2="), ascii("4"), Ending.OPEN);
        Routing routing = retort.route(ascii("2+2="));
        assertThat(routing.choices()).hasSizeBetween(2, 3);
        double mixed = 0;
        for (ExpertChoice choice : routing.choices()) {
            Student student = retort.bundle().experts().get(choice.index()).open();
            mixed += choice.weight() * Math.exp(directly(student, "2+2=", "4", Ending.OPEN));
        }
        assertThat(retort.logLikelihood(request)).isCloseTo(Math.log(mixed), within(1e-9));
        double uniform = 0;
        for (Expert expert : retort.bundle().experts()) {
            uniform += 0.25 * Math.exp(directly(expert.open(), "2+2=", "4", Ending.OPEN));
        }
        assertThat(retort.logLikelihoods(List.of(request), new ExpertSelection.Uniform())[0])
                .isCloseTo(Math.log(uniform), within(1e-9));
        String first = routing.choices().get(0).expert();
        assertThat(retort.logLikelihoods(List.of(request), new ExpertSelection.Routed(1))[0])
                .isEqualTo(fixed(first, request));
    }

    @Test
    void aTextWithoutPromptIsScoredAsTheMixtureOfWholeTexts() {
        double[] probabilities = retort.bundle().router().probabilities(new byte[0]);
        double mixed = 0;
        for (int e = 0; e < EXPERTS.size(); e++) {
            Student student = retort.bundle().experts().get(e).open();
            mixed += (probabilities[e] + 0.25) / 2 * Math.exp(directly(student, "", "some text", Ending.END));
        }
        assertThat(retort.logLikelihood(new ScoringRequest(new byte[0], ascii("some text"), Ending.END)))
                .isCloseTo(Math.log(mixed), within(1e-4));
    }

    @Test
    void aListScoresAsItsMembersOneByOne() {
        List<ScoringRequest> requests = new ArrayList<>();
        for (String continuation : List.of("left", "right", "up", "")) {
            requests.add(new ScoringRequest(ascii("go "), ascii(continuation), Ending.END));
            requests.add(new ScoringRequest(ascii("go "), ascii(continuation), Ending.OPEN));
        }
        requests.add(new ScoringRequest(ascii("stay "), ascii("here"), Ending.END));
        double[] together = retort.logLikelihoods(requests, ExpertSelection.routed());
        for (int i = 0; i < together.length; i++) {
            assertThat(together[i]).isEqualTo(retort.logLikelihood(requests.get(i)));
        }
    }

    @Test
    void aGenerationsLikelihoodIsTheScoreOfWhatItWrote() {
        for (String prompt : List.of("2+2=\n", "Who is Tom?\n", "")) {
            Generation generation = retort.generate(ascii(prompt), LIMITS).generation();
            boolean ended = generation.stop() == StopReason.END_OF_TEXT;
            double score = retort.logLikelihood(
                    new ScoringRequest(ascii(prompt), generation.bytes(), ended ? Ending.END : Ending.OPEN));
            assertThat(generation.logLikelihood()).isCloseTo(score, within(1e-9));
        }
    }

    @Test
    void streamingGivesTheBytesOfTheBlockingCallInOrder() {
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        ByteListener listener = value -> {
            streamed.write(value);
            return true;
        };
        Answer answer =
                retort.generate(ascii("Once\n"), GenerationOptions.greedy(LIMITS), ExpertSelection.routed(), listener);
        Answer blocking = retort.generate(ascii("Once\n"), LIMITS);
        assertThat(streamed.toByteArray())
                .isEqualTo(answer.generation().bytes())
                .isEqualTo(blocking.generation().bytes())
                .isNotEmpty();
        assertThat(answer.routing()).isEqualTo(blocking.routing());
    }

    @Test
    void aListenerThatThrowsEndsTheGeneration() {
        ByteListener broken = value -> {
            throw new IllegalStateException("client left");
        };
        assertThatThrownBy(() -> retort.generate(
                        ascii("Once\n"), GenerationOptions.greedy(LIMITS), ExpertSelection.routed(), broken))
                .hasMessage("client left");
    }

    @Test
    void manyThreadsGetTheSameAnswers() throws Exception {
        List<byte[]> prompts = List.of(ascii("1+1=\n"), ascii("Tom\n"), ascii("{\"a\":1}\n"), new byte[] {0, -1, 7});
        List<Generation> expected =
                new RetortScoring(retort, ExpertSelection.routed(), "ensemble").generate(prompts, LIMITS);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Generation>> running = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                byte[] prompt = prompts.get(i % 4);
                running.add(threads.submit(() -> retort.generate(prompt, LIMITS).generation()));
            }
            for (int i = 0; i < running.size(); i++) {
                Generation generation = running.get(i).get();
                assertThat(generation.bytes()).isEqualTo(expected.get(i % 4).bytes());
                assertThat(generation.logLikelihood())
                        .isEqualTo(expected.get(i % 4).logLikelihood());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theByteLimitIsKept() {
        for (int most = 1; most < 6; most++) {
            Generation generation =
                    retort.generate(ascii("Tom\n"), new GenerationLimits(most)).generation();
            assertThat(generation.bytes()).hasSizeLessThanOrEqualTo(most);
            if (generation.stop() == StopReason.BYTE_LIMIT) {
                assertThat(generation.bytes()).hasSize(most);
            }
        }
    }

    @Test
    void aPromptBeyondTheContextIsRefusedWithItsSize() {
        byte[] prompt = new byte[Retort.MAX_SYMBOLS];
        assertThatThrownBy(() -> retort.generate(prompt, LIMITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 36864 symbols, found 110593 (36864 bytes)");
        assertThatThrownBy(() -> retort.predict(prompt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a text of at most 36864 symbols, found 110593 (36864 bytes)");
    }

    private static Retort reading(TextOptions texts) {
        Bundle bundle = Bundle.open(new MemoryBundleSource(TinyBundle.files(EXPERTS)));
        return new Retort(bundle, new PerformanceHistory(4, 1), MemoryOptions.UNLIMITED, texts);
    }

    @Test
    void aLongerTextIsReadWhereThatIsAllowed() {
        Retort longer = reading(TextOptions.STANDARD.upTo(131_072 + 100).in(MemoryFormat.INT8));
        byte[] prompt = ascii("2+2=4\n".repeat(21_845));
        Answer answer = longer.generate(
                prompt,
                GenerationOptions.greedy(new GenerationLimits(8)),
                new ExpertSelection.Fixed("a"),
                ByteListener.NONE);

        assertThat(answer.droppedBytes()).isZero();
        assertThat(answer.generation().stop()).isNotEqualTo(StopReason.CONTEXT_LIMIT);
        assertThatThrownBy(() -> longer.logLikelihood(new ScoringRequest(prompt, prompt, Ending.END)))
                .hasMessageContaining("at most 131172 symbols");
    }

    @Test
    void aSlidingPromptIsAnsweredAsItsEndIs() {
        Retort sliding = reading(TextOptions.STANDARD.upTo(200).with(LongPrompt.SLIDE));
        byte[] prompt = ascii("Ann has 3 apples. ".repeat(40));
        byte[] end = Arrays.copyOfRange(prompt, 720 - (200 - 1 - 22), 720);
        Answer answer = sliding.generate(prompt, LIMITS);
        AnswerWriting pieces =
                sliding.begin(prompt, GenerationOptions.greedy(LIMITS), ExpertSelection.routed(), ByteListener.NONE);
        while (pieces.advance(7)) {
            assertThat(pieces.routing()).isEqualTo(answer.routing());
        }

        // Of 200 symbols one is the start and a ninth, 22, is kept for an answer that could be longer.
        assertThat(answer.droppedBytes()).isEqualTo(720 - 177);
        assertThat(pieces.answer().droppedBytes()).isEqualTo(720 - 177);
        assertThat(answer.routing()).isEqualTo(retort.route(end));
        assertThat(answer.generation().bytes())
                .startsWith(
                        Arrays.copyOf(retort.generate(end, LIMITS).generation().bytes(), 7))
                .isEqualTo(pieces.answer().generation().bytes());
        assertThat(JsonWriter.compact(AnswerJson.write(sliding.bundle(), answer)))
                .contains("\"droppedBytes\":543");
        assertThat(sliding.generate(end, LIMITS).droppedBytes()).isZero();
    }

    @Test
    void anUnknownExpertIsRefusedByName() {
        assertThatThrownBy(() -> retort.route(ascii("x"), new ExpertSelection.Fixed("z")))
                .hasMessageContaining("[a, b, c, d], found z");
    }

    @Test
    void whatTheHistoryIsToldMovesTheRouting() {
        byte[] prompt = ascii("2+2=");
        ExpertChoice first = retort.route(prompt).choices().get(0);
        for (int i = 0; i < 100; i++) {
            retort.history().record(first.index(), 0);
        }
        double confidence = retort.route(prompt).choices().stream()
                .filter(choice -> choice.expert().equals(first.expert()))
                .mapToDouble(ExpertChoice::weight)
                .findFirst()
                .orElse(0);
        assertThat(confidence).isLessThan(first.weight());
    }
}
