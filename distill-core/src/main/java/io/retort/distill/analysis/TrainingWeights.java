package io.retort.distill.analysis;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Weights for training documents by how much they use a domain's experts.
 *
 * @param strength how much a bit of evidence counts: a token's likelihood ratio to this power; 0 weighs all alike
 * @param limit the largest weight before the mean is brought to 1, and its inverse the smallest
 */
public record TrainingWeights(double strength, double limit) implements Serializable {
    public TrainingWeights {
        if (!(strength >= 0) || Double.isInfinite(strength) || !(limit >= 1) || Double.isInfinite(limit)) {
            throw new IllegalArgumentException(
                    "expected a strength of at least 0 and a limit of at least 1, found " + strength + " and " + limit);
        }
    }

    /**
     * What a document's choices say for the domain, in bits a token: the mean over tokens of the sum of {@code log2
     * p(expert | domain) / p(expert)} over the layers' chosen experts, as if these were independent.
     *
     * @param map of other documents than the one that is weighed
     * @param domain index of the domain in the map
     */
    public static double evidence(DocumentRouting document, RoutingMap map, int domain) {
        if (document.layers() != map.layers().size() || document.experts() != map.experts()) {
            throw new IllegalArgumentException("document " + document.documentId() + ": expected choices of "
                    + map.layers().size() + " layers and " + map.experts() + " experts, found " + document.layers()
                    + " and " + document.experts());
        }
        double bits = 0;
        for (int layer = 0; layer < document.layers(); layer++) {
            double[] lift = map.layers().get(layer).domains().get(domain).liftBits();
            for (int expert = 0; expert < lift.length; expert++) {
                bits += document.choices()[layer][expert] * lift[expert];
            }
        }
        return bits / Math.max(1, document.tokens());
    }

    /** Weights of mean 1: {@code 2^(strength · (evidence − mean evidence))}, bounded, over their mean. */
    public double[] of(double[] evidence) {
        double centre = Arrays.stream(evidence).average().orElse(0);
        double[] weights = Arrays.stream(evidence)
                .map(bits -> Math.pow(2, strength * (bits - centre)))
                .map(weight -> Math.max(1 / limit, Math.min(limit, weight)))
                .toArray();
        double mean = Arrays.stream(weights).average().orElse(1);
        return Arrays.stream(weights).map(weight -> weight / mean).toArray();
    }
}
