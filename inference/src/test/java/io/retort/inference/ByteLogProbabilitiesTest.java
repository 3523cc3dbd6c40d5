package io.retort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.BytePrediction.Candidate;
import io.retort.inference.ensembles.ByteWatcher;
import io.retort.inference.ensembles.GivenText;
import io.retort.inference.scoring.ContextUse;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteLogProbabilitiesTest {
    private static final List<ExpertSelection> SELECTIONS =
            List.of(ExpertSelection.routed(), new ExpertSelection.Uniform(), new ExpertSelection.Fixed("b"));

    private final Retort retort =
            new Retort(Bundle.open(new MemoryBundleSource(TinyBundle.files(List.of("a", "b", "c", "d")))));

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static double sum(List<BytePrediction> predictions) {
        return predictions.stream().mapToDouble(BytePrediction::logProbability).sum();
    }

    @Test
    void theyAddUpToTheLikelihoodUnderEverySelection() {
        for (ExpertSelection selection : SELECTIONS) {
            for (String context : List.of("", "2+2=\n", "é")) {
                for (Ending ending : Ending.values()) {
                    ScoringRequest request = new ScoringRequest(utf8(context), utf8("4 €\n"), ending);
                    List<BytePrediction> predictions = retort.byteLogProbabilities(request, selection, 0);
                    assertThat(predictions).hasSize(ending == Ending.END ? 7 : 6);
                    assertThat(predictions.get(predictions.size() - 1).isEnd()).isEqualTo(ending == Ending.END);
                    assertThat(sum(predictions))
                            .isCloseTo(retort.logLikelihoods(List.of(request), selection)[0], within(1e-9));
                }
            }
        }
    }

    @Test
    void scoresAreWhatIsToldOfEachByteAndWhetherItWasTheLikeliest() {
        for (ContextUse use : ContextUse.values()) {
            String context = "2+2=\n";
            List<ScoringRequest> requests = new ArrayList<>();
            for (String continuation : List.of("4", "é!", "\n", "12")) {
                requests.add(new ScoringRequest(utf8(context), utf8(continuation), Ending.OPEN));
            }
            for (int b = ' '; b < 0x7f; b++) {
                requests.add(new ScoringRequest(utf8(context), new byte[] {(byte) b}, Ending.OPEN));
            }
            List<ContinuationScore> scores = retort.scores(requests, ExpertSelection.routed(), use);
            double[] sums = retort.logLikelihoods(requests, ExpertSelection.routed(), use);
            for (int i = 0; i < scores.size(); i++) {
                byte[] continuation = requests.get(i).continuation();
                List<BytePrediction> told = told(context, continuation, use);
                boolean greedy = told.stream()
                        .allMatch(byteTold -> byteTold.logProbability()
                                >= byteTold.likeliest().get(0).logProbability());
                assertThat(scores.get(i).logLikelihood()).isCloseTo(sum(told), within(1e-9));
                assertThat(sums[i]).isCloseTo(sum(told), within(1e-9));
                assertThat(scores.get(i).greedy()).isEqualTo(greedy);
            }
        }
    }

    /** By the way of a server: all of the text is told, and what is behind the context kept. */
    private List<BytePrediction> told(String context, byte[] continuation, ContextUse use) {
        byte[] text = utf8(context + new String(continuation, StandardCharsets.UTF_8));
        List<BytePrediction> all = new ArrayList<>();
        retort.complete(
                new GivenText(text, use == ContextUse.ONLY_READ ? 0 : utf8(context).length),
                GenerationOptions.greedy(new GenerationLimits(1)),
                ExpertSelection.routed(),
                ByteListener.NONE,
                new ByteWatcher(1, all::add));
        return all.subList(utf8(context).length, text.length);
    }

    @Test
    void candidatesAreTheLikeliestBytesOfTheStudent() {
        Student student = retort.bundle().experts().get(1).open();
        StudentState state = student.newState(4);
        float[] logProbabilities = new float[Alphabet.SIZE];
        student.step(state, Alphabet.END, logProbabilities);
        List<Candidate> expected = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            int symbol = Alphabet.symbolOf(value);
            if (symbol != Alphabet.ESCAPE) {
                expected.add(new Candidate(value, logProbabilities[symbol]));
            }
        }
        expected.add(new Candidate(BytePrediction.END, logProbabilities[Alphabet.END]));
        expected.sort((one, other) -> Double.compare(other.logProbability(), one.logProbability()));
        ScoringRequest request = new ScoringRequest(new byte[0], utf8("x"), Ending.OPEN);
        BytePrediction first = retort.byteLogProbabilities(request, new ExpertSelection.Fixed("b"), 7)
                .get(0);
        assertThat(first.likeliest()).isEqualTo(expected.subList(0, 7));
    }

    @Test
    void watchingAnAnswerDoesNotChangeIt() {
        GenerationOptions options = GenerationOptions.greedy(new GenerationLimits(30));
        Answer alone = retort.generate(utf8("go\n"), options, ExpertSelection.routed(), ByteListener.NONE);
        List<BytePrediction> predictions = new ArrayList<>();
        Answer watched = retort.generate(
                utf8("go\n"),
                options,
                ExpertSelection.routed(),
                ByteListener.NONE,
                new ByteWatcher(3, predictions::add));
        assertThat(watched.generation().bytes()).isEqualTo(alone.generation().bytes());
        assertThat(sum(predictions)).isCloseTo(alone.generation().logLikelihood(), within(1e-9));
    }

    @Test
    void completingATextWhoseContextIsAllOfItAnswersAPrompt() {
        GenerationOptions options = GenerationOptions.greedy(new GenerationLimits(30));
        byte[] prompt = utf8("2+2=\n");
        List<BytePrediction> predictions = new ArrayList<>();
        Answer completed = retort.complete(
                new GivenText(prompt, prompt.length),
                options,
                ExpertSelection.routed(),
                ByteListener.NONE,
                new ByteWatcher(0, predictions::add));
        Answer generated = retort.generate(prompt, options, ExpertSelection.routed(), ByteListener.NONE);
        assertThat(completed.generation().bytes())
                .isEqualTo(generated.generation().bytes());
        assertThat(predictions.stream().limit(prompt.length).map(BytePrediction::value))
                .containsExactly(50, 43, 50, 61, 10);
        assertThatThrownBy(() -> new GivenText(prompt, 6)).hasMessageContaining("expected a context of 0 to 5");
    }
}
