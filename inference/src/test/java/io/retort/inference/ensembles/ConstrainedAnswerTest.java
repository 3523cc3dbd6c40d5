package io.retort.inference.ensembles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.constraints.Literals;
import io.retort.inference.constraints.TextState;
import io.retort.inference.digests.SplitMix64;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConstrainedAnswerTest {
    private static final Sampling EVENLY = new Sampling(1, 1);

    /** A mixture of one that always finds the same symbols likely. */
    private static Mixture mixture(double[] probabilities, int maxSymbols) {
        double[][] rows = new double[Alphabet.SIZE][];
        Arrays.fill(rows, probabilities);
        return new Mixture(List.of(new Member(new FixedStudent(rows), 1)), Weighting.FIXED, maxSymbols);
    }

    private static double[] even() {
        double[] probabilities = new double[Alphabet.SIZE];
        Arrays.fill(probabilities, 1.0 / Alphabet.SIZE);
        return probabilities;
    }

    private static Generation write(double[] probabilities, int symbols, GenerationOptions options) {
        return new TextModel((context, maxSymbols) -> mixture(probabilities, symbols))
                .generate(new byte[0], options, ByteListener.NONE);
    }

    private static GenerationOptions options(int bytes, ByteConstraint constraint, long seed) {
        return GenerationOptions.greedy(new GenerationLimits(bytes))
                .sampled(EVENLY, seed)
                .under(constraint);
    }

    private static ByteConstraint literals(String... texts) {
        TextState start = Literals.of(List.of(texts));
        return () -> start;
    }

    private static String text(Generation generation) {
        return new String(generation.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void anEscapeOnlyBeginsAndGoesOnTowardsABytesThatIsAllowed() {
        // c3 a9, c3 af, c4 80, f0 9f 98 80: both digits of escapes have to be chosen among few
        String[] texts = {"é", "ï", "Ā", "😀", "plain", "\u0001", "tab\t"};
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (long seed = 0; seed < 3000; seed++) {
            Generation generation = write(even(), 40, options(10, literals(texts), seed));
            assertThat(generation.stop()).isEqualTo(StopReason.END_OF_TEXT);
            counts.merge(text(generation), 1, Integer::sum);
        }
        assertThat(counts.keySet()).isEqualTo(new TreeSet<>(List.of(texts)));
        // first the escape, p or t, evenly; then 0, c or f; then c3 or c4; then a9 or af
        assertThat(counts.get("plain")).isBetween(850, 1150);
        assertThat(counts.get("\u0001")).isBetween(270, 400);
        assertThat(counts.get("😀")).isBetween(270, 400);
        assertThat(counts.get("Ā")).isBetween(120, 220);
        assertThat(counts.get("é")).isBetween(50, 120);
    }

    @Test
    void bytesThatHaveASymbolAreNotEscaped() {
        double[] probabilities = even();
        probabilities[Alphabet.ESCAPE] = .9;
        Generation generation = write(probabilities, 20, options(3, literals("abc"), 1));
        assertThat(text(generation)).isEqualTo("abc");
        // three symbols that were even with all others
        assertThat(generation.logLikelihood()).isCloseTo(-3 * Math.log(Alphabet.SIZE), within(1e-4));
    }

    @Test
    void theLikeliestOfWhatIsAllowedIsTaken() {
        double[] probabilities = even();
        probabilities['z' - ' '] = .5;
        probabilities['c' - ' '] = .2;
        GenerationOptions greedy =
                GenerationOptions.greedy(new GenerationLimits(9)).under(literals("ab", "cd", "bz"));
        assertThat(text(write(probabilities, 30, greedy))).isEqualTo("cd");
        // of equal ones the first
        assertThat(text(write(even(), 30, greedy))).isEqualTo("ab");
    }

    @Test
    void aLimitWithRoomForTheShortestAlwaysGivesAWholeText() {
        ByteConstraint constraint = schema("{\"type\":\"array\",\"items\":{\"type\":\"string\",\"minLength\":2}}");
        for (int bytes = 2; bytes < 40; bytes++) {
            for (long seed = 0; seed < 50; seed++) {
                Generation generation = write(even(), 200, options(bytes, constraint, seed));
                assertThat(generation.stop()).isEqualTo(StopReason.END_OF_TEXT);
                assertThat(generation.bytes().length).isBetween(2, bytes);
            }
        }
    }

    @Test
    void soDoesAContextThatIsNearlyFull() {
        ByteConstraint constraint = schema("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}");
        SplitMix64 random = new SplitMix64(3);
        for (int symbols = 6; symbols < 60; symbols++) {
            for (int i = 0; i < 50; i++) {
                Generation generation = write(even(), symbols, options(1000, constraint, random.nextLong()));
                assertThat(generation.stop())
                        .as(symbols + " symbols, " + text(generation))
                        .isEqualTo(StopReason.END_OF_TEXT);
            }
        }
    }

    @Test
    void aLimitWithoutRoomIsSaidToHaveCutTheText() {
        Generation generation = write(even(), 100, options(4, literals("abcde", "abcdefgh"), 1));
        assertThat(text(generation)).isEqualTo("abcd");
        assertThat(generation.stop()).isEqualTo(StopReason.BYTE_LIMIT);
        Generation full = write(even(), 3, options(9, literals("abcde"), 1));
        assertThat(text(full)).isEqualTo("abc");
        assertThat(full.stop()).isEqualTo(StopReason.CONTEXT_LIMIT);
    }

    @Test
    void aTextThatMayGoOnEndsByItselfAtTheLimit() {
        Generation generation = write(even(), 100, options(3, schema("{\"type\":\"integer\",\"minimum\":100}"), 4));
        assertThat(Integer.parseInt(text(generation))).isBetween(100, 999);
        assertThat(generation.stop()).isEqualTo(StopReason.END_OF_TEXT);
    }

    @Test
    void aTextToStopAtStillStops() {
        GenerationOptions options = options(9, literals("abcde"), 1).stoppingAt("cd");
        Generation generation = write(even(), 100, options);
        assertThat(text(generation)).isEqualTo("ab");
        assertThat(generation.stop()).isEqualTo(StopReason.STOP_TEXT);
    }

    private static ByteConstraint schema(String text) {
        return JsonSchema.parse(text.getBytes(StandardCharsets.UTF_8)).constraint();
    }
}
