package io.retort.inference.http;

import java.time.Duration;

/**
 * What a client may take of a server.
 *
 * @param connections open at once, a thread each
 * @param headBytes of a request line and its header fields together
 * @param bodyBytes of a request
 * @param times how long it may take
 */
public record HttpLimits(int connections, int headBytes, int bodyBytes, Times times) {
    public HttpLimits {
        if (connections < 1 || headBytes < 256 || bodyBytes < 0) {
            throw new IllegalArgumentException("expected at least 1 connection, 256 bytes of head and 0 of body, found "
                    + connections + ", " + headBytes + " and " + bodyBytes);
        }
    }

    /**
     * Bounds of time.
     *
     * @param receive from a request's first byte to its last
     * @param send in which a client has to take 64 KiB of a response, as long as there is as much
     * @param idle between a response and the next request of a connection
     */
    public record Times(Duration receive, Duration send, Duration idle) {
        public Times {
            for (Duration time : new Duration[] {receive, send, idle}) {
                if (time.isNegative() || time.isZero()) {
                    throw new IllegalArgumentException("expected bounds of time above 0, found " + time);
                }
            }
        }
    }
}
