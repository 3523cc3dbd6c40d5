package io.retort.distill.teachers.served;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps requests away from a server that fails every time. After so many failures in a row it opens: requests wait, then
 * one at a time is let through as a trial; a success closes it, and each failed trial doubles the wait. After so many
 * failed trials it gives up and tells everybody who waits. Safe for use by many threads.
 */
final class CircuitBreaker {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final int failuresToOpen;
    private final int trials;
    private final Duration firstWait;
    private final InstantSource clock;
    private int failures;
    private int failedTrials;
    private boolean trialUnderWay;
    private Instant reopensAt = Instant.MIN;
    private long outages;

    CircuitBreaker(int failuresToOpen, int trials, Duration firstWait, InstantSource clock) {
        this.failuresToOpen = failuresToOpen;
        this.trials = trials;
        this.firstWait = firstWait;
        this.clock = clock;
    }

    /**
     * Waits until a request may be sent; every return is followed by {@link #succeeded}, {@link #failed} or {@link
     * #abandoned}.
     *
     * @return false when the breaker has given up
     */
    synchronized boolean await() throws InterruptedException {
        while (open()) {
            if (failedTrials >= trials) {
                return false;
            }
            long millis = Duration.between(clock.instant(), reopensAt).toMillis();
            if (trialUnderWay) {
                wait();
            } else if (millis > 0) {
                wait(millis);
            } else {
                trialUnderWay = true;
                return true;
            }
        }
        return true;
    }

    private boolean open() {
        return failures >= failuresToOpen;
    }

    /** A request was answered. */
    synchronized void succeeded() {
        if (open()) {
            outages++;
        }
        close();
    }

    private void close() {
        failures = 0;
        failedTrials = 0;
        trialUnderWay = false;
        notifyAll();
    }

    /** A request failed. */
    synchronized void failed() {
        failures++;
        if (!open()) {
            return;
        }
        if (trialUnderWay) {
            failedTrials++;
            trialUnderWay = false;
        }
        Duration wait = firstWait.multipliedBy(1L << Math.min(failedTrials, 16));
        reopensAt = clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        notifyAll();
    }

    /** A request was given up before it had an outcome. */
    synchronized void abandoned() {
        trialUnderWay = false;
        notifyAll();
    }

    /** Forgets the failures, so that whoever asks next begins anew. */
    synchronized void reset() {
        close();
    }

    /** How often the server came back after the breaker had opened. */
    synchronized long outages() {
        return outages;
    }
}
