package io.retort.distill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MutualInformationTest {
    private static final long SEED = 20240229;
    private static final Permutations PERMUTATIONS = new Permutations(199, SEED);

    @Test
    void expertsThatTellTheDomainForSureTellLogTwoOfTheDomains() {
        int[][] counts = {{7, 0, 0, 0}, {0, 300, 0, 0}, {0, 0, 1, 1}, {0, 0, 0, 0}};
        double[][] table = {{7, 0, 0, 0}, {0, 300, 0, 0}, {0, 0, 1, 1}};

        assertThat(MutualInformation.bits(table)).isCloseTo(Math.log(3) / Math.log(2), within(1e-12));
        assertThat(MutualInformation.of(counts, new int[] {0, 1, 2, 2}, 3, PERMUTATIONS)
                        .bits())
                .isCloseTo(Math.log(3) / Math.log(2), within(1e-12));
    }

    /** Cover and Thomas, section 7.1.4: a binary symmetric channel with equal inputs carries 1 − H(error) bits. */
    @Test
    void aBinarySymmetricChannelCarriesOneLessTheEntropyOfItsErrors() {
        double entropy = -(0.11 * Math.log(0.11) + 0.89 * Math.log(0.89)) / Math.log(2);

        assertThat(MutualInformation.bits(new double[][] {{89, 11}, {22, 178}})).isCloseTo(1 - entropy, within(1e-12));
    }

    @Test
    void independentChoicesTellNothingOnceTheControlIsTakenOff() {
        Random random = new Random(SEED);
        int[][] counts = new int[240][8];
        int[] labels = new int[240];
        for (int document = 0; document < counts.length; document++) {
            labels[document] = document % 6;
            // A document keeps to a favourite, as real ones do, but the favourite has nothing to do with the domain.
            int favourite = random.nextInt(8);
            for (int choice = 0; choice < 50; choice++) {
                counts[document][random.nextBoolean() ? favourite : random.nextInt(8)]++;
            }
        }

        MutualInformation found = MutualInformation.of(counts, labels, 6, PERMUTATIONS);

        assertThat(found.correctedBits()).isCloseTo(0, within(3 * found.controlDeviation()));
        assertThat(found.pValue()).isBetween(0.02, 1.0);
        // The choices of a document hang together: the correction for independent draws is far too small.
        assertThat(found.controlMean()).isGreaterThan(4 * found.millerMadowBias());
    }

    @Test
    void thePlantedInformationIsFoundAndNoShuffleReachesIt() {
        // Each domain favours one of six experts with probability 1/2 and else draws among six evenly.
        Random random = new Random(SEED);
        int[][] counts = new int[300][6];
        int[] labels = new int[300];
        for (int document = 0; document < counts.length; document++) {
            labels[document] = document % 6;
            for (int choice = 0; choice < 100; choice++) {
                counts[document][random.nextBoolean() ? labels[document] : random.nextInt(6)]++;
            }
        }
        double own = 0.5 + 0.5 / 6;
        double other = 0.5 / 6;
        double planted = Math.log(6) / Math.log(2) + (own * Math.log(own) + 5 * other * Math.log(other)) / Math.log(2);

        MutualInformation found = MutualInformation.of(counts, labels, 6, PERMUTATIONS);

        assertThat(found.correctedBits()).isCloseTo(planted, within(0.02));
        assertThat(found.pValue()).isEqualTo(1.0 / 200);
    }

    @Test
    void theMillerMadowBiasIsTheMeanOfWhatIndependentChoicesShow() {
        Random random = new Random(SEED);
        double sum = 0;
        double foretold = 0;
        for (int trial = 0; trial < 200; trial++) {
            int[][] counts = new int[2][4];
            for (int choice = 0; choice < 1000; choice++) {
                counts[choice % 2][random.nextInt(4)]++;
            }
            MutualInformation found = MutualInformation.of(counts, new int[] {0, 1}, 2, new Permutations(1, SEED));
            sum += found.bits();
            foretold = found.millerMadowBias();
        }

        assertThat(sum / 200).isCloseTo(foretold, within(foretold / 4));
    }

    @Test
    void refusesDocumentsWithoutLabels() {
        assertThatThrownBy(() -> MutualInformation.of(new int[][] {{1}}, new int[0], 1, PERMUTATIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1 and 0");
    }
}
