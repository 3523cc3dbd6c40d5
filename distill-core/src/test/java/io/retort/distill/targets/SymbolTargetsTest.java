package io.retort.distill.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.bytes.ByteDistributions;
import io.retort.datasets.bytes.ByteTargets;
import io.retort.datasets.corpus.Split;
import io.retort.inference.alphabet.Alphabet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From distributions over bytes to what a student's loss is given. */
class SymbolTargetsTest {
    private static final float TOLERANCE = 1e-6f;

    /** One position's symbols and their probabilities, and how far to trust them. */
    private record Position(int[] symbols, double[] probabilities, double confidence) {}

    private static ByteTargets targets(String text, List<Position> positions) {
        byte[] counts = new byte[positions.size()];
        char[] rest = new char[positions.size()];
        byte[] confidence = new byte[positions.size()];
        List<Integer> symbols = new ArrayList<>();
        List<Integer> units = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            Position position = positions.get(i);
            counts[i] = (byte) position.symbols().length;
            int left = ByteDistributions.UNITS;
            for (int e = 0; e < position.symbols().length; e++) {
                int share = (int) Math.round(position.probabilities()[e] * ByteDistributions.UNITS);
                symbols.add(position.symbols()[e]);
                units.add(share);
                left -= share;
            }
            rest[i] = (char) left;
            confidence[i] = (byte) Math.round(255 * position.confidence());
        }
        return new ByteTargets(
                "d",
                "math",
                Split.TRAIN,
                text.getBytes(StandardCharsets.UTF_8),
                0,
                new ByteDistributions(counts, chars(symbols), chars(units), rest, confidence));
    }

    private static char[] chars(List<Integer> values) {
        char[] chars = new char[values.size()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) values.get(i).intValue();
        }
        return chars;
    }

    private static Position certain(int symbol) {
        return new Position(new int[] {symbol}, new double[] {1}, 1);
    }

    private static float[] row(SymbolTargets targets, int position, float weight) {
        float[] rows = new float[3 * Alphabet.SIZE];
        targets.add(position, weight, rows, Alphabet.SIZE);
        assertThat(Arrays.copyOf(rows, Alphabet.SIZE)).containsOnly(0);
        assertThat(Arrays.copyOfRange(rows, 2 * Alphabet.SIZE, rows.length)).containsOnly(0);
        return Arrays.copyOfRange(rows, Alphabet.SIZE, 2 * Alphabet.SIZE);
    }

    @Test
    void bytesBecomeTheirSymbolsAndTheEndItsOwn() {
        SymbolTargets targets = SymbolTargets.of(targets(
                "ab",
                List.of(
                        new Position(new int[] {'a', 'b'}, new double[] {0.75, 0.25}, 1),
                        certain('b'),
                        new Position(new int[] {ByteDistributions.END, '\n'}, new double[] {0.6, 0.4}, 1))));

        float[] first = row(targets, 0, 2);
        assertThat(first[Alphabet.symbolOf('a')]).isCloseTo(1.5f, within(1e-4f));
        assertThat(first[Alphabet.symbolOf('b')]).isCloseTo(0.5f, within(1e-4f));
        float[] end = row(targets, 2, 1);
        assertThat(end[Alphabet.END]).isCloseTo(0.6f, within(1e-4f));
        assertThat(end[Alphabet.symbolOf('\n')]).isCloseTo(0.4f, within(1e-4f));
    }

    @Test
    void whatIsNotStoredLowersTheConfidenceAndLeavesTheOthersToSumToTheWeight() {
        SymbolTargets targets = SymbolTargets.of(targets(
                "a", List.of(new Position(new int[] {'a', 'b'}, new double[] {0.4, 0.2}, 1), certain('a'))));

        float[] row = row(targets, 0, 3);
        assertThat(row[Alphabet.symbolOf('a')]).isCloseTo(2, within(1e-3f));
        assertThat(row[Alphabet.symbolOf('b')]).isCloseTo(1, within(1e-3f));
        assertThat(targets.confidence(0)).isCloseTo(0.6f, within(1e-4f));
        assertThat(targets.confidence(1)).isCloseTo(1, within(TOLERANCE));
    }

    @Test
    void theTeachersDoubtIsTheConfidence() {
        SymbolTargets targets = SymbolTargets.of(targets(
                "a", List.of(new Position(new int[] {'a'}, new double[] {1}, 0.4), certain('a'))));
        assertThat(targets.confidence(0)).isCloseTo(0.4f, within(1e-6f));
    }

    /** The two bytes of an é are escapes of three symbols each: positions 1 and 4 begin one. */
    @Test
    void bytesOutsideTheAlphabetShareTheEscapeAndNobodyIsAskedInsideIt() {
        byte[] accented = "\u00e9".getBytes(StandardCharsets.UTF_8);
        int[] either = {accented[0] & 0xFF, 0xC4, 'x'};
        SymbolTargets targets = SymbolTargets.of(targets(
                "a\u00e9b",
                List.of(
                        certain('a'),
                        new Position(either, new double[] {0.5, 0.3, 0.1}, 1),
                        certain(accented[1] & 0xFF),
                        certain('b'),
                        certain(ByteDistributions.END))));

        float[] escape = row(targets, 1, 1);
        assertThat(escape[Alphabet.ESCAPE]).isCloseTo(8 / 9f, within(1e-4f));
        assertThat(escape[Alphabet.symbolOf('x')]).isCloseTo(1 / 9f, within(1e-4f));
        for (int inside : new int[] {2, 3, 5, 6}) {
            assertThat(targets.confidence(inside)).as("position %d", inside).isZero();
        }
        assertThat(row(targets, 4, 1)[Alphabet.ESCAPE]).isCloseTo(1, within(TOLERANCE));
        assertThat(row(targets, 7, 1)[Alphabet.symbolOf('b')]).isCloseTo(1, within(TOLERANCE));
        assertThat(row(targets, 8, 1)[Alphabet.END]).isCloseTo(1, within(TOLERANCE));
    }
}
