package io.retort.datasets.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ByteDistributionsBuilderTest {
    @Test
    void theThirtyTwoMostLikelySymbolsOfAFullSortAreKeptAndAllSumsToOne() {
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < 2_000; trial++) {
            double[] masses = new double[257];
            int filled = 1 + random.nextInt(257);
            for (int i = 0; i < filled; i++) {
                masses[random.nextInt(257)] = Math.exp(-8 * random.nextDouble()) * 1e5;
            }
            if (trial % 3 == 0) {
                Arrays.fill(masses, 7, 60, 3.0); // ties
            }
            double total = Arrays.stream(masses).sum();
            ByteDistributionsBuilder builder = new ByteDistributionsBuilder(1);
            builder.add(masses, total, 0.5);
            ByteDistributions one = builder.build();

            List<Integer> sorted = IntStream.range(0, 257)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(s -> -masses[s]).thenComparing(s -> s))
                    .limit(32)
                    .filter(s -> masses[s] / total * 65_535 > 0.5)
                    .toList();
            assertThat(IntStream.range(0, one.symbols().length)
                            .mapToObj(e -> (int) one.symbols()[e])
                            .toList())
                    .isEqualTo(sorted);
            int units = one.rest()[0];
            for (int e = 0; e < sorted.size(); e++) {
                units += one.probabilities()[e];
                // Half a unit of rounding; the largest may give up to sixteen units to keep the sum.
                assertThat(one.probabilities()[e] / 65_535.0)
                        .isCloseTo(masses[sorted.get(e)] / total, within((e == 0 ? 16.5 : 0.5) / 65_535 + 1e-12));
            }
            assertThat(units).isEqualTo(65_535);
        }
    }

    @Test
    void distributionsThatDoNotSumToOneAreRefused() {
        assertThatThrownBy(() -> new ByteDistributions(
                        new byte[] {1}, new char[] {'a'}, new char[] {65_000}, new char[] {534}, new byte[] {0}))
                .hasMessage("expected probabilities that sum to 65535 units at position 0, found 65534");
        assertThatThrownBy(() -> new ByteDistributions(
                        new byte[] {1}, new char[] {257}, new char[] {65_000}, new char[] {535}, new byte[] {0}))
                .hasMessageContaining("expected a symbol up to 256 at entry 0, found 257");
    }
}
