package io.retort.jobs.progress;

import io.retort.jobs.reports.Figures;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A line at the start, one for every tenth done or at most every quarter of a minute, and one at the end. */
public final class PlainProgress implements Progress {
    private static final Duration QUIET_AT_MOST = Duration.ofSeconds(15);
    private static final int STEPS = 10;

    private final PrintStream out;
    private final Clock clock;

    public PlainProgress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Track start(String title, long total, String unit) {
        out.println(title + ": " + Figures.count(total) + " " + unit);
        return new Lines(title, total, unit);
    }

    @Override
    public void note(String line) {
        out.println(line);
    }

    private final class Lines implements Track {
        private final String title;
        private final long total;
        private final String unit;
        private final Instant begun = clock.instant();
        private Instant spoken = begun;
        private long spokenStep;
        private long done;

        Lines(String title, long total, String unit) {
            this.title = title;
            this.total = total;
            this.unit = unit;
        }

        @Override
        public void at(long nowDone, String detail) {
            done = nowDone;
            long step = total == 0 ? 0 : STEPS * done / total;
            Instant now = clock.instant();
            boolean silentForLong = Duration.between(spoken, now).compareTo(QUIET_AT_MOST) >= 0;
            if (silentForLong || (step > spokenStep && step < STEPS)) {
                spokenStep = step;
                spoken = now;
                out.println(title + ": " + Figures.count(done) + " of " + Figures.count(total) + " " + unit
                        + (detail.isEmpty() ? "" : " · " + detail));
            }
        }

        @Override
        public void close() {
            out.println(title + ": " + Figures.count(done) + " " + unit + " in "
                    + Figures.time(Duration.between(begun, clock.instant())));
        }
    }
}
