package io.retort.jobs.leases;

import java.time.Duration;

/**
 * How leases pass the time.
 *
 * @param beat between two signs of life of a holder
 * @param look between two looks of one that waits
 * @param stale after so long without a sign of life a holder is taken for dead
 */
public record Timing(Duration beat, Duration look, Duration stale) {
    /** A holder may miss eleven signs. */
    public static final Timing STANDARD =
            new Timing(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(60));

    public Timing {
        if (beat.isNegative() || beat.isZero() || look.isNegative() || look.isZero() || stale.compareTo(beat) <= 0) {
            throw new IllegalArgumentException(
                    "expected positive times and a longer one until a holder is stale, found " + beat + ", " + look
                            + " and " + stale);
        }
    }
}
