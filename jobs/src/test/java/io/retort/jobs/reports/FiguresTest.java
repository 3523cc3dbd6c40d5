package io.retort.jobs.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1536,1.5 KiB", "157286400,150 MiB", "6442450944,6.0 GiB"})
    void bytesHaveUnitsOf1024(long bytes, String expected) {
        assertThat(Figures.bytes(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"400,0 s", "59499,59 s", "60000,1 min 0 s", "250000,4 min 10 s", "7500000,2 h 5 min"})
    void timesHaveTwoUnitsAtMost(long millis, String expected) {
        assertThat(Figures.time(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @Test
    void whatIsNotANumberIsADash() {
        assertThat(Figures.share(Double.NaN)).isEqualTo("–");
        assertThat(Figures.decimal(Double.NaN, 2)).isEqualTo("–");
        assertThat(Figures.share(0.8125)).isEqualTo("81.3%");
        assertThat(Figures.count(1234567)).isEqualTo("1,234,567");
    }
}
