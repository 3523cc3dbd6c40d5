package io.retort.eval.routing;

import java.io.Serializable;

/**
 * The expert that a router finds likeliest from the beginning of a prompt.
 *
 * @param bytes how many bytes of the prompt it was shown, at most; {@link #WHOLE} for all
 * @param domain that expert's domain
 * @param nats what the document's answer costs it, at least 0
 */
public record FirstChoice(int bytes, String domain, double nats) implements Serializable {
    /** The whole prompt. */
    public static final int WHOLE = Integer.MAX_VALUE;

    public FirstChoice {
        if (bytes < 1 || !(nats >= 0 && nats <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "expected at least 1 byte and nats of at least 0, found " + bytes + " and " + nats);
        }
    }
}
