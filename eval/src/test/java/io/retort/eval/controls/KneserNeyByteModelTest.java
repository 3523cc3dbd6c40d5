package io.retort.eval.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KneserNeyByteModelTest {
    private static final List<String> TEXTS = List.of("abracadabra", "abba", "cadabra", "barbara");

    /** ln p(text and its end) by a naive implementation of the definition over Python dictionaries. */
    @ParameterizedTest
    @CsvSource({
        "1, -7.792856573104661, -20.481724643949434, -22.71695378770506, -2.240414956154664",
        "2, -4.288700521347128, -11.606049201364044, -20.345448329566217, -4.4882041242099575",
        "3, -1.7659467500684576, -4.746217766776717, -20.005863624745427, -4.136806237372069",
        "4, -1.9970848780933546, -4.246879942573745, -20.172645328756037, -4.136806237372069",
        "6, -2.6954707616976696, -2.9030412944288884, -20.39981246627967, -4.136806237372069"
    })
    void agreesWithTheDefinition(int order, double abra, double abracadabra, double zebra, double empty) {
        KneserNeyByteModel model = KneserNeyByteModel.fit(TEXTS.iterator(), order, 1000);
        double[] found =
                model.scoring().logLikelihoods(List.of(whole("abra"), whole("abracadabra"), whole("zebra"), whole("")));
        double[] expected = {abra, abracadabra, zebra, empty};
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void addsUpToOneAfterAnyHistory(int order) {
        Random random = new Random(order);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append((char) ('a' + (int) Math.abs(random.nextGaussian() * 4)));
        }
        List<String> texts = List.of(text.toString(), "", "é\n\0", text.substring(100, 200));
        KneserNeyByteModel model = KneserNeyByteModel.fit(texts.iterator(), order, 1 << 20);
        for (int trial = 0; trial < 300; trial++) {
            int[] history = new int[1 + random.nextInt(9)];
            history[0] = ByteSymbols.END;
            for (int i = 1; i < history.length; i++) {
                // Half of the symbols from the text, half from anywhere.
                history[i] = random.nextBoolean() ? text.charAt(random.nextInt(3000)) : random.nextInt(256);
            }
            double sum = 0;
            for (int next = 0; next < ByteSymbols.COUNT; next++) {
                double probability = model.probability(history, history.length, next);
                assertThat(probability).isPositive();
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void aContinuationAddsUpWithItsContextToTheWholeText() {
        ScoringModel scoring = KneserNeyByteModel.fit(TEXTS.iterator(), 4, 1000).scoring();
        double[] parts = scoring.logLikelihoods(List.of(
                new ScoringRequest(new byte[0], bytes("abra"), Ending.OPEN),
                new ScoringRequest(bytes("abra"), bytes("cadabra"), Ending.END),
                whole("abracadabra")));
        assertThat(parts[0] + parts[1]).isCloseTo(parts[2], within(1e-12));
    }

    @Test
    void writesTheTextItWasFittedOnAndStops() {
        ScoringModel scoring = KneserNeyByteModel.fit(
                        List.of("the number is 42").iterator(), 6, 1000)
                .scoring();
        List<Generation> generations =
                scoring.generate(List.of(bytes("the num"), new byte[0]), new GenerationLimits(100));
        assertThat(new String(generations.get(0).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("ber is 42");
        assertThat(generations.get(0).stop()).isEqualTo(StopReason.END_OF_TEXT);
        assertThat(new String(generations.get(1).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("the number is 42");
        Generation cut =
                scoring.generate(List.of(new byte[0]), new GenerationLimits(5)).get(0);
        assertThat(new String(cut.bytes(), StandardCharsets.UTF_8)).isEqualTo("the n");
        assertThat(cut.stop()).isEqualTo(StopReason.BYTE_LIMIT);
    }

    @Test
    void readsNoMoreTextThanItsBudget() {
        KneserNeyByteModel model =
                KneserNeyByteModel.fit(List.of("aaaa", "bbbb", "cc").iterator(), 3, 9);
        assertThat(model.trainedBytes()).isEqualTo(8);
        assertThat(KneserNeyByteModel.fit(List.of("aaaa").iterator(), 3, 3).trainedBytes())
                .isZero();
    }

    @Test
    void fittedOnNothingItIsUniform() {
        ScoringModel scoring =
                KneserNeyByteModel.fit(List.<String>of().iterator(), 6, 9).scoring();
        assertThat(scoring.logLikelihoods(List.of(whole("x")))[0]).isCloseTo(-2 * Math.log(257), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void refusesAnOrderItCannotKeep(int order) {
        assertThatThrownBy(() -> KneserNeyByteModel.fit(TEXTS.iterator(), order, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 6");
    }

    private static ScoringRequest whole(String text) {
        return new ScoringRequest(new byte[0], bytes(text), Ending.END);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
