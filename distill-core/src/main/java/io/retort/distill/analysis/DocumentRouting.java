package io.retort.distill.analysis;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Which experts the tokens of one document chose. The arrays are shared and must not be changed.
 *
 * @param documentId the document
 * @param domain its domain
 * @param tokens positions that chose, each once however the document was cut
 * @param firstLayer number of the first layer with experts
 * @param choices {@code [layer − firstLayer][expert]}, how often
 * @param weights {@code [layer − firstLayer][expert]}, with what weights in all
 */
public record DocumentRouting(
        String documentId, String domain, long tokens, int firstLayer, int[][] choices, double[][] weights)
        implements Serializable {
    public DocumentRouting {
        if (choices.length == 0 || choices.length != weights.length) {
            throw new IllegalArgumentException(documentId + ": expected choices and weights of the same layers, found "
                    + choices.length + " and " + weights.length);
        }
    }

    /** How many layers have experts. */
    public int layers() {
        return choices.length;
    }

    /** How many experts a layer has. */
    public int experts() {
        return choices[0].length;
    }

    /** Choices of all layers and experts: tokens times layers times experts a token. */
    public long allChoices() {
        return Arrays.stream(choices)
                .mapToLong(layer -> Arrays.stream(layer).asLongStream().sum())
                .sum();
    }
}
