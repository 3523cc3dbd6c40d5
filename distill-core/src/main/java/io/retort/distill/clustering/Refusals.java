package io.retort.distill.clustering;

import io.retort.distill.clustering.Admission.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Of those who ask each cluster in a round, the least insistent ones: as many as it has no room for, and no others. */
final class Refusals implements Totals<Refusals> {
    private final DocumentCosts costs;
    private final Admission before;
    private final boolean[] open;
    private final long[] excess;
    private final List<TreeSet<Insistence>> refused = new ArrayList<>();

    /** @param excess how many each cluster refuses */
    Refusals(DocumentCosts costs, Admission before, boolean[] open, long[] excess) {
        this.costs = costs;
        this.before = before;
        this.open = open;
        this.excess = excess;
        for (int c = 0; c < open.length; c++) {
            refused.add(new TreeSet<>());
        }
    }

    @Override
    public void add(ClusteredDocument document) {
        double[] own = costs.of(document);
        if (before.admitted(own, document.id()).isEmpty()) {
            Request request = Request.of(own, open, document.id());
            refuse(request.cluster(), request.insistence());
        }
    }

    private void refuse(int cluster, Insistence insistence) {
        TreeSet<Insistence> least = refused.get(cluster);
        least.add(insistence);
        if (least.size() > excess[cluster]) {
            least.pollLast();
        }
    }

    @Override
    public Refusals merge(Refusals other) {
        for (int c = 0; c < open.length; c++) {
            for (Insistence insistence : other.refused.get(c)) {
                refuse(c, insistence);
            }
        }
        return this;
    }

    Admission.Round round() {
        @Nullable Insistence[] limits = new Insistence[open.length];
        for (int c = 0; c < open.length; c++) {
            limits[c] = refused.get(c).isEmpty() ? null : refused.get(c).last();
        }
        return new Admission.Round(open, limits);
    }
}
