package io.retort.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Hands clock = new Hands();
    private final PlainProgress progress =
            new PlainProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock);

    @Test
    void aLogHasALineForEveryTenthAndNotForEveryItem() {
        Progress.Track track = progress.start("teach", 1000, "documents");
        for (int i = 0; i <= 1000; i++) {
            track.at(i, "math");
        }
        clock.now = clock.now.plusSeconds(65);
        track.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(11)
                .startsWith("teach: 1,000 documents", "teach: 100 of 1,000 documents · math")
                .endsWith("teach: 1,000 documents in 1 min 5 s");
    }

    @Test
    void slowWorkSpeaksAtLeastEveryQuarterOfAMinute() {
        Progress.Track track = progress.start("teach", 1000, "documents");
        track.at(1, "");
        clock.now = clock.now.plus(Duration.ofSeconds(16));
        track.at(2, "");
        track.at(3, "");

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("teach: 1,000 documents", "teach: 2 of 1,000 documents");
    }

    private static final class Hands extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
