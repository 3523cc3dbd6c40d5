package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.corpus.Split;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StoredDistributionTest {
    private static final ChunkOrigin ORIGIN =
            new ChunkOrigin("d".repeat(32), 0, "math", Split.TRAIN, "e".repeat(64), 0);

    @Test
    void roundingMakesNoTokenImpossible() {
        // The tail is all the actual token's, but for what its eight bits have rounded away.
        double tail = 0.010009765625; // 1.28125 · 2^-7
        StoredDistribution rebuilt = rebuilt(3, Math.log(tail * (1 + 0x1p-9)), new int[] {0}, new int[] {0}, tail);

        assertThat(rebuilt.tailMass()).isGreaterThan(0).isLessThan(tail * 0.01);
        assertThat(sum(rebuilt)).isCloseTo(1, within(1e-12));
    }

    @Test
    void entriesBesideAnActualTokenThatHasNearlyAllKeepTheirs() {
        // 1 − e^(−1e-8) is less than what the other entry was stored with, e^(−15): float32 cannot tell.
        StoredDistribution rebuilt = rebuilt(1, -1e-8, new int[] {1, 2}, new int[] {0, 240}, 0);

        assertThat(rebuilt.probability(1)).isCloseTo(Math.exp(-15), within(1e-12));
        assertThat(rebuilt.probability(0)).isCloseTo(1, within(1e-6));
        assertThat(sum(rebuilt)).isCloseTo(1, within(1e-12));
    }

    @Test
    void whatNeitherEntriesNorActualTokenHoldIsTheTails() {
        StoredDistribution rebuilt = rebuilt(5, Math.log(0.75), new int[] {5}, new int[] {0}, 0);

        assertThat(rebuilt.probability(0)).isCloseTo(0.75, within(1e-6));
        assertThat(rebuilt.tailMass()).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void everythingSumsToOneWhateverIsStored() {
        Random random = new Random(11);
        for (int trial = 0; trial < 2000; trial++) {
            int[] codes = random.ints(4, 0, 256).toArray();
            float tail = StoredEntriesBuilder.eightSignificantBits(random.nextFloat() * random.nextInt(2));
            StoredDistribution rebuilt =
                    rebuilt(random.nextInt(6), -10 * random.nextDouble(), new int[] {0, 1, 2, 3}, codes, tail);

            assertThat(sum(rebuilt)).as("trial %s", trial).isCloseTo(1, within(1e-12));
            assertThat(rebuilt.tailMass()).isBetween(0.0, 1.0);
        }
    }

    private static StoredDistribution rebuilt(int actual, double logProbability, int[] ids, int[] codes, double tail) {
        byte[] bytes = new byte[codes.length];
        for (int i = 0; i < codes.length; i++) {
            bytes[i] = (byte) codes[i];
        }
        StoredEntries entries = new StoredEntries(new int[] {ids.length}, ids, bytes, new float[] {(float) tail});
        StoredDistribution rebuilt = new StoredDistribution();
        rebuilt.load(
                new LogitRow(ORIGIN, new int[] {actual}, new int[] {0}, new float[] {(float) logProbability}, entries),
                0,
                0);
        return rebuilt;
    }

    private static double sum(StoredDistribution rebuilt) {
        double sum = rebuilt.tailMass();
        for (int e = 0; e < rebuilt.count(); e++) {
            sum += rebuilt.probability(e);
        }
        return sum;
    }
}
