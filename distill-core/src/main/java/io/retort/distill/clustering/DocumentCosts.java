package io.retort.distill.clustering;

import java.io.Serializable;

/** What it costs to have a document in each cluster. */
public sealed interface DocumentCosts extends Serializable permits NearCentres, Drawn {
    /** The costs, a cluster each. */
    double[] of(ClusteredDocument document);
}
