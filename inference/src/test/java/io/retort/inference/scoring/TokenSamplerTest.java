package io.retort.inference.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TokenSamplerTest {
    private static final int DRAWS = 200_000;
    /** Of the standard normal distribution: with five outcomes a false alarm has a chance of 3e-6. */
    private static final double SIGMAS = 5;

    private static float[] logs(double... probabilities) {
        float[] logs = new float[probabilities.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(probabilities[i]);
        }
        return logs;
    }

    private static void drawsLike(Sampling sampling, float[] logs, double... expected) {
        TokenSampler sampler = new TokenSampler(sampling, 7);
        int[] counts = new int[logs.length];
        for (int i = 0; i < DRAWS; i++) {
            counts[sampler.next(logs)]++;
        }
        for (int token = 0; token < counts.length; token++) {
            double p = expected[token];
            double deviation = Math.sqrt(p * (1 - p) / DRAWS);
            assertThat(counts[token] / (double) DRAWS)
                    .as("token %d", token)
                    .isCloseTo(p, within(SIGMAS * deviation + 1e-12));
        }
    }

    @Test
    void drawsByProbability() {
        drawsLike(new Sampling(1, 1), logs(.5, .25, .125, .1, .025), .5, .25, .125, .1, .025);
    }

    @Test
    void takesLogitsThatAreNotNormalised() {
        float[] logs = logs(.5, .5);
        logs[0] += 40;
        logs[1] += 40;

        drawsLike(new Sampling(1, 1), logs, .5, .5);
    }

    @Test
    void temperatureRaisesToAPower() {
        // .8² and .2², normalised; then their roots
        drawsLike(new Sampling(.5, 1), logs(.8, .2), .64 / .68, .04 / .68);
        drawsLike(new Sampling(2, 1), logs(.8, .2), 2.0 / 3, 1.0 / 3);
    }

    @Test
    void topPKeepsTheFewestThatHoldIt() {
        drawsLike(new Sampling(1, .7), logs(.1, .5, .15, .25), 0, .5 / .75, 0, .25 / .75);
        drawsLike(new Sampling(1, 1e-9), logs(.1, .5, .4), 0, 1, 0);
    }

    @Test
    void topKKeepsTheLikeliestAndTopPIsOfThese() {
        drawsLike(new Sampling(1, 1, 2), logs(.1, .5, .15, .25), 0, .5 / .75, 0, .25 / .75);
        drawsLike(new Sampling(1, 1, 9), logs(.5, .5), .5, .5);
        // of .5, .25 and .15 two thirds of .9 are .6, which the first two hold
        drawsLike(new Sampling(1, 2.0 / 3, 3), logs(.1, .5, .15, .25), 0, .5 / .75, 0, .25 / .75);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sampling(1, 1, -1))
                .withMessage("expected a top-k of at least 0, found -1");
    }

    @Test
    void sortsAnyOrder() {
        // 1 to 1000, shuffled: 1000 + 999 + 998 + 997 + 996 = 4990 is less than a hundredth of their sum, 5005
        float[] logs = new float[1000];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(1 + i * 7919 % 1000);
        }
        TokenSampler sampler = new TokenSampler(new Sampling(1, .01), 3);
        double smallest = 1000;
        double largest = 0;
        for (int i = 0; i < 2000; i++) {
            double weight = Math.exp(logs[sampler.next(logs)]);
            smallest = Math.min(smallest, weight);
            largest = Math.max(largest, weight);
        }
        assertThat(smallest).isCloseTo(995, within(.1));
        assertThat(largest).isCloseTo(1000, within(.1));
    }

    @Test
    void greedyTakesTheMostLikelyAndOfEqualOnesTheFirst() {
        TokenSampler sampler = new TokenSampler(Sampling.GREEDY, 1);

        assertThat(sampler.next(logs(.2, .4, .4))).isEqualTo(1);
        assertThat(sampler.next(logs(.2, .5, .3), token -> token != 1)).isEqualTo(2);
    }

    @Test
    void neverDrawsWhatIsNotAllowed() {
        TokenSampler sampler = new TokenSampler(new Sampling(1, .9), 5);
        int[] counts = new int[3];
        for (int i = 0; i < 1000; i++) {
            counts[sampler.next(logs(.98, .01, .01), token -> token > 0)]++;
        }
        assertThat(counts[0]).isZero();
        assertThat(counts[1]).isBetween(400, 600);
    }

    @Test
    void theSeedDecides() {
        float[] logs = logs(.3, .3, .4);
        TokenSampler one = new TokenSampler(new Sampling(1, 1), 11);
        TokenSampler two = new TokenSampler(new Sampling(1, 1), 11);
        TokenSampler other = new TokenSampler(new Sampling(1, 1), 12);
        int different = 0;
        for (int i = 0; i < 100; i++) {
            int token = one.next(logs);
            assertThat(two.next(logs)).isEqualTo(token);
            different += token == other.next(logs) ? 0 : 1;
        }
        assertThat(different).isBetween(40, 90);
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        TokenSampler sampler = new TokenSampler(new Sampling(1, 1), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sampler.next(logs(.5, .5), token -> false))
                .withMessageContaining("found none among 2");
        assertThatIllegalArgumentException().isThrownBy(() -> sampler.next(logs(0, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> sampler.next(new float[] {Float.NaN}));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sampling(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sampling(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sampling(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sampling(1, 1.1));
    }
}
