package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedProportionTest {
    /** Expected by maximising the constrained likelihood by golden section and halving, which knows nothing of closed forms. */
    @ParameterizedTest
    @CsvSource({
        "5, 0, 400, 0.002868802098355327, 0.028923736195967536",
        "8, 3, 100, -0.017456876989227783, 0.12533833084998172",
        "1, 6, 50, -0.2226228204007794, 0.004818017010535198",
        "2, 1, 3, -0.5846807983959043, 0.8770161105592074",
        "20, 12, 200, -0.016186464391469424, 0.0982579863958415"
    })
    void holdsTheDifferencesThatTheScoreTestDoesNotReject(
            int onlyFirst, int onlySecond, int documents, double lower, double upper) {
        PairedCounts counts = new PairedCounts(documents - onlyFirst - onlySecond, onlyFirst, onlySecond, 0);
        Interval interval = PairedProportion.interval(counts, 0.95);
        assertThat(interval.lower()).isCloseTo(lower, within(2e-4));
        assertThat(interval.upper()).isCloseTo(upper, within(2e-4));
        assertThat(interval.method()).isEqualTo(IntervalMethod.TANGO);
        Interval swapped = PairedProportion.interval(counts.swapped(), 0.95);
        assertThat(swapped.lower()).isCloseTo(-interval.upper(), within(1e-12));
        assertThat(swapped.upper()).isCloseTo(-interval.lower(), within(1e-12));
    }

    @Test
    void oneMoreThatOnlyTheFirstGetsRightNeverLowersABound() {
        for (int documents : new int[] {1, 2, 5, 20, 400}) {
            Interval before = new Interval(-2, -2, 0.95, IntervalMethod.TANGO);
            for (int onlyFirst = 0; onlyFirst <= documents; onlyFirst++) {
                Interval interval =
                        PairedProportion.interval(new PairedCounts(documents - onlyFirst, onlyFirst, 0, 0), 0.95);
                assertThat(interval.lower())
                        .as("%d of %d", onlyFirst, documents)
                        .isGreaterThan(before.lower());
                assertThat(interval.upper())
                        .as("%d of %d", onlyFirst, documents)
                        .isGreaterThanOrEqualTo(before.upper());
                before = interval;
            }
        }
    }

    @Test
    void refusesNoDocument() {
        assertThatThrownBy(() -> PairedProportion.interval(PairedCounts.NONE, 0.95))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
