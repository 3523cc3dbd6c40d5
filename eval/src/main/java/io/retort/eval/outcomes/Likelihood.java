package io.retort.eval.outcomes;

import java.io.Serializable;

/**
 * The surprise of a text: −ln of its probability, its end included.
 *
 * @param nats at least 0; NaN where the model gives no probabilities
 * @param bytes the text's UTF-8 bytes, its end not counted
 */
public record Likelihood(double nats, long bytes) implements Serializable {
    /** Not measured. */
    public static final Likelihood UNKNOWN = new Likelihood(Double.NaN, 0);

    public Likelihood {
        if (nats < 0 || Double.isInfinite(nats) || bytes < 0) {
            throw new IllegalArgumentException(
                    "expected nats and bytes of at least 0, found " + nats + " and " + bytes);
        }
    }

    public boolean isKnown() {
        return !Double.isNaN(nats);
    }

    /** Bits a byte; NaN where unknown or over no byte. */
    public double bitsPerByte() {
        return bytes == 0 ? Double.NaN : nats / Math.log(2) / bytes;
    }
}
