package io.retort.jobs.clusters;

import io.retort.datasets.storage.Location;
import io.retort.distill.clustering.ClusterRouting;
import io.retort.jobs.distil.Fleet;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * Who is compared, on which documents.
 *
 * @param storageSettings to read them with
 * @param corpus the documents, in one group
 * @param beginningBytes of a text without a prompt, how many are seen
 * @param chosen experts that predict a text together
 * @param clusters the experts with their routing
 * @param random those of random groups
 */
record Competition(
        StorageSettings storageSettings,
        Location corpus,
        int beginningBytes,
        int chosen,
        Routed clusters,
        Routed random)
        implements Serializable {
    /** Experts and what chooses among them. */
    record Routed(Fleet fleet, Broadcast<ClusterRouting> routing) implements Serializable {}
}
