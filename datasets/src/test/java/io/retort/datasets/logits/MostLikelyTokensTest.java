package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MostLikelyTokensTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 64, 255})
    void theTopTokensAreThoseOfAFullSort(int capacity) {
        MostLikelyTokens tokens = new MostLikelyTokens(capacity);
        SplittableRandom random = new SplittableRandom(capacity);
        for (int trial = 0; trial < 300; trial++) {
            float[] values = values(random, trial);
            List<Integer> sorted = IntStream.range(0, values.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(id -> 0.0 - values[id])
                            .thenComparing(id -> id))
                    .toList();
            int expected = Math.min(capacity, values.length);

            tokens.read(values);

            assertThat(tokens.finite()).isTrue();
            assertThat(tokens.count()).isEqualTo(expected);
            assertThat(IntStream.range(0, expected).map(tokens::id).boxed().toList())
                    .as("trial %s", trial)
                    .isEqualTo(sorted.subList(0, expected));
            for (int rank = 0; rank < expected; rank++) {
                assertThat(tokens.logProbability(rank)).isEqualTo(values[tokens.id(rank)] + 0.0f);
            }
            double rest = sorted.stream()
                    .skip(expected)
                    .mapToDouble(id -> Math.exp(values[id]))
                    .sum();
            assertThat(tokens.restMass()).isCloseTo(rest, within(1e-9 * rest));
            double total = rest
                    + sorted.stream()
                            .limit(expected)
                            .mapToDouble(id -> Math.exp(values[id]))
                            .sum();
            assertThat(tokens.totalMass()).isCloseTo(total, within(1e-9 * total));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.9, 0.995, 1.0})
    void thoseForAShareOfTheMassBeginAsAFullSortAndReachIt(double mass) {
        MostLikelyTokens tokens = new MostLikelyTokens(128);
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 600; trial++) {
            float[] values = normalised(values(random, trial), 1 + random.nextInt(8));
            List<Integer> sorted = IntStream.range(0, values.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(id -> 0.0 - values[id])
                            .thenComparing(id -> id))
                    .toList();

            tokens.read(values, 4, mass);

            int count = tokens.count();
            assertThat(IntStream.range(0, count).map(tokens::id).boxed().toList())
                    .as("trial %s", trial)
                    .isEqualTo(sorted.subList(0, count));
            double found = sorted.stream()
                    .limit(count)
                    .mapToDouble(id -> Math.exp(values[id]))
                    .sum();
            assertThat(count == Math.min(128, values.length) || count >= 4 && found >= mass - 1e-9)
                    .as("trial %s: %s tokens with %s", trial, count, found)
                    .isTrue();
            double rest = sorted.stream()
                    .skip(count)
                    .mapToDouble(id -> Math.exp(values[id]))
                    .sum();
            assertThat(tokens.restMass()).isCloseTo(rest, within(1e-9 * rest));
            assertThat(tokens.totalMass()).isCloseTo(found + rest, within(1e-9));
        }
    }

    /** Log-probabilities, sharpened. */
    private static float[] normalised(float[] values, int sharpness) {
        double sum = 0;
        for (float value : values) {
            sum += Math.exp((double) sharpness * value);
        }
        float[] normalised = new float[values.length];
        for (int id = 0; id < values.length; id++) {
            normalised[id] = (float) ((double) sharpness * values[id] - Math.log(sum));
        }
        return normalised;
    }

    /** Sharp and flat distributions, few values with many ties, zeros of both signs. */
    private static float[] values(SplittableRandom random, int trial) {
        float[] values = new float[1 + random.nextInt(1_500)];
        for (int id = 0; id < values.length; id++) {
            values[id] = switch (trial % 3) {
                case 0 -> (float) (-20 * random.nextDouble());
                case 1 -> -random.nextInt(5);
                default -> random.nextInt(3) == 0 ? -0.0f : 0.0f;
            };
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aValueThatIsNoNumberIsNoticedWhereverItStands(float value) {
        MostLikelyTokens tokens = new MostLikelyTokens(4);
        for (int at : new int[] {0, 3, 4, 99}) {
            float[] values = new float[100];
            Arrays.fill(values, -4.6f);
            values[at] = value;
            tokens.read(values);
            assertThat(tokens.finite()).isFalse();
        }
    }
}
