package io.retort.inference.scoring;

import java.util.Objects;

/**
 * What a model wrote after a prompt: its bytes without the prompt, why it stopped, and the log-likelihood in nats of
 * these bytes given the prompt, with the end of text where it stopped by itself.
 * What a constraint leaves out of consideration does not raise it.
 */
public record Generation(byte[] bytes, StopReason stop, double logLikelihood) {
    public Generation {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(stop, "stop");
        if (Double.isNaN(logLikelihood)) {
            throw new IllegalArgumentException("expected a log-likelihood, found NaN");
        }
    }
}
