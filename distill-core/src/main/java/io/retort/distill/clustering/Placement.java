package io.retort.distill.clustering;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Which document is in which cluster, by the cheapest that had room.
 *
 * @param costs of documents
 * @param admission what clusters refused for lack of room
 */
public record Placement(DocumentCosts costs, Admission admission) implements Serializable {
    /**
     * Places documents.
     *
     * @param room documents a cluster, at most; together at least as many as there are
     */
    public static Placement of(DocumentPasses documents, DocumentCosts costs, long[] room) {
        long[] left = room.clone();
        boolean[] open = new boolean[room.length];
        Arrays.fill(open, true);
        Admission admission = new Admission(List.of());
        // Every round closes a cluster or is the last.
        while (true) {
            Admission before = admission;
            boolean[] asked = open.clone();
            long[] requests =
                    documents.over(() -> new Requests(costs, before, asked)).documents();
            long[] excess = new long[room.length];
            for (int c = 0; c < room.length; c++) {
                excess[c] = Math.max(0, requests[c] - left[c]);
                left[c] -= requests[c] - excess[c];
                open[c] = left[c] > 0;
            }
            if (Arrays.stream(excess).allMatch(refused -> refused == 0)) {
                return new Placement(costs, before.with(new Admission.Round(asked, new Insistence[room.length])));
            }
            admission = before.with(documents
                    .over(() -> new Refusals(costs, before, asked, excess))
                    .round());
        }
    }

    /**
     * The cluster of a document that was placed.
     *
     * @throws IllegalArgumentException if it was not, and no cluster has room
     */
    public int cluster(ClusteredDocument document) {
        return admission
                .admitted(costs.of(document), document.id())
                .orElseThrow(() -> new IllegalArgumentException("expected a document that was placed, found another"))
                .cluster();
    }
}
