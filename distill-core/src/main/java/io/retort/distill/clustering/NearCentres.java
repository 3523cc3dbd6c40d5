package io.retort.distill.clustering;

/**
 * Clusters of like words.
 *
 * @param embedding where words lie
 * @param centres where clusters lie
 */
public record NearCentres(Embedding embedding, Centres centres) implements DocumentCosts {
    @Override
    public double[] of(ClusteredDocument document) {
        return centres.costs(embedding.point(document.whole()));
    }
}
