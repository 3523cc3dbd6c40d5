package io.retort.eval.routing;

import java.io.Serializable;

/**
 * What a document's answer costs given its prompt, in nats, the end of the text included.
 *
 * @param oracle the expert to which it is least surprising
 * @param ensemble the routed mixture
 * @param bestSingle the one expert that is best for all
 * @param bytes of the answer
 */
public record AnswerCosts(double oracle, double ensemble, double bestSingle, long bytes) implements Serializable {
    public AnswerCosts {
        if (!(oracle >= 0 && ensemble >= 0 && bestSingle >= 0) || bytes < 0) {
            throw new IllegalArgumentException("expected nats and bytes of at least 0, found " + oracle + ", "
                    + ensemble + ", " + bestSingle + " and " + bytes);
        }
    }
}
