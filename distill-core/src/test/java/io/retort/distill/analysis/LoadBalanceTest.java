package io.retort.distill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LoadBalanceTest {
    @Test
    void evenLoadsAreEven() {
        LoadBalance balance = LoadBalance.of(new double[] {3, 3, 3, 3});

        assertThat(balance.largestOverMean()).isEqualTo(1);
        assertThat(balance.smallestOverMean()).isEqualTo(1);
        assertThat(balance.variation()).isZero();
        assertThat(balance.effectiveExperts()).isCloseTo(4, within(1e-12));
        assertThat(balance.unused()).isZero();
    }

    @Test
    void twoOfFourExpertsAreTwoEffectiveOnes() {
        LoadBalance balance = LoadBalance.of(new double[] {0, 5, 0, 5});

        assertThat(balance.largestOverMean()).isEqualTo(2);
        assertThat(balance.smallestOverMean()).isZero();
        assertThat(balance.variation()).isCloseTo(1, within(1e-12));
        assertThat(balance.effectiveExperts()).isCloseTo(2, within(1e-12));
        assertThat(balance.unused()).isEqualTo(2);
    }

    @Test
    void noLoadAtAllIsRefused() {
        assertThatThrownBy(() -> LoadBalance.of(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 experts");
    }
}
