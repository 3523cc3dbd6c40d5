package io.retort.distill.teachers.served;

import java.io.Serializable;
import java.time.Duration;

/**
 * How requests are sent.
 *
 * @param inFlight requests at once, by all threads of the process together
 * @param attempts how often a request is sent before it has failed
 * @param timeout of one attempt, from the first byte sent to the last received
 * @param firstPause before the second attempt; doubles with every further one, shortened at random by up to a half
 * @param keyVariable the environment variable that holds the server's key; empty for none
 */
public record Traffic(int inFlight, int attempts, Duration timeout, Duration firstPause, String keyVariable)
        implements Serializable {
    private static final int MOST_IN_FLIGHT = 1024;
    private static final int MOST_ATTEMPTS = 100;

    public Traffic {
        if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException(
                    "expected 1 to " + MOST_IN_FLIGHT + " requests in flight, found " + inFlight);
        }
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("expected 1 to " + MOST_ATTEMPTS + " attempts, found " + attempts);
        }
        if (timeout.isNegative() || timeout.isZero() || firstPause.isNegative()) {
            throw new IllegalArgumentException(
                    "expected a time-out above 0 and a pause from 0, found " + timeout + " and " + firstPause);
        }
        if (!keyVariable.isEmpty() && !keyVariable.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            // Whoever writes the key itself here should not find it in a log.
            throw new IllegalArgumentException("expected the name of an environment variable, found "
                    + keyVariable.length() + " characters that are none");
        }
    }
}
