package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {
    /** scipy.stats.binomtest(min(b, c), b + c, 0.5).pvalue, SciPy 1.17.1. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1.0",
        "1, 0, 1.0",
        "5, 0, 0.0625",
        "3, 12, 0.03515625",
        "10, 10, 1.0",
        "40, 61, 0.046044066929342785",
        "600, 500, 0.0028195449914364284",
        "20000, 20400, 0.04713209701042834"
    })
    void agreesWithTheExactBinomialTestOfScipy(long onlyFirst, long onlySecond, double expected) {
        assertThat(McNemar.pValue(onlyFirst, onlySecond)).isCloseTo(expected, within(1e-10));
        assertThat(McNemar.pValue(onlySecond, onlyFirst)).isCloseTo(expected, within(1e-10));
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> McNemar.pValue(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
