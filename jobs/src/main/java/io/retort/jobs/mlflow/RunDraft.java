package io.retort.jobs.mlflow;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that MLflow is to be told of a run, as the outbox keeps it.
 *
 * @param run the run's id in the workspace, by which it is known there
 * @param experiment the experiment's name
 * @param name for people
 * @param startMillis when it began
 * @param endMillis when it ended
 * @param status of MLflow: FINISHED, FAILED or KILLED
 * @param params the spec
 * @param tags lineage, code, host
 * @param metrics by step
 * @param inputs data sets that it read or made
 * @param artifacts files of the workspace
 */
record RunDraft(
        String run,
        String experiment,
        String name,
        long startMillis,
        long endMillis,
        String status,
        SortedMap<String, String> params,
        SortedMap<String, String> tags,
        List<Metric> metrics,
        List<Dataset> inputs,
        List<Artifact> artifacts) {
    RunDraft {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        metrics = List.copyOf(metrics);
        inputs = List.copyOf(inputs);
        artifacts = List.copyOf(artifacts);
    }

    /** A figure at a step. */
    record Metric(String key, double value, long timestamp, long step) {}

    /**
     * A data set.
     *
     * @param name corpus, logits, byte targets
     * @param digest its id
     * @param uri where it is
     * @param context training or output
     */
    record Dataset(String name, String digest, String uri, String context) {}

    /** A file of the workspace and its name among the run's artifacts. */
    record Artifact(String file, String path) {}
}
