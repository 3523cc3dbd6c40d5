package io.retort.distill.analysis;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.logits.Chunk;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.nano.NanoModel;
import io.retort.distill.teachers.nano.RoutingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Sends chunks through a model in passes of like length, so that little is padded. Holds no state. */
final class ChunkPasses {
    /** Positions of one pass: a few megabytes an activation, which stay in cache. */
    private static final int PASS_POSITIONS = 4096;
    /** Stands for a position that is padding, the beginning of sequence, or context that another chunk scores. */
    static final int NOBODY = -1;

    private final NanoModel model;

    ChunkPasses(NanoModel model) {
        this.model = model;
    }

    /**
     * Runs all chunks.
     *
     * @param listeners makes the listener of a pass, given for each of its positions the index of the chunk that scores
     *     it, or {@link #NOBODY}
     */
    void run(List<Chunk> chunks, Function<int[], RoutingListener> listeners) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> chunks.get(i).ids().length));
        int from = 0;
        while (from < order.size()) {
            int to = from + 1;
            while (to < order.size()
                    && (to + 1 - from) * chunks.get(order.get(to)).ids().length <= PASS_POSITIONS) {
                to++;
            }
            pass(chunks, order.subList(from, to), listeners);
            from = to;
        }
    }

    private void pass(List<Chunk> chunks, List<Integer> rows, Function<int[], RoutingListener> listeners) {
        int time = chunks.get(rows.get(rows.size() - 1)).ids().length;
        long[] inputs = new long[rows.size() * time];
        int[] scoredBy = new int[inputs.length];
        Arrays.fill(inputs, model.config().eos());
        Arrays.fill(scoredBy, NOBODY);
        for (int row = 0; row < rows.size(); row++) {
            Chunk chunk = chunks.get(rows.get(row));
            int[] ids = chunk.ids();
            inputs[row * time] = model.config().bos();
            for (int i = 1; i < ids.length; i++) {
                inputs[row * time + i] = ids[i - 1];
            }
            // The beginning of sequence is the same in every document: counted, it would tell long documents from
            // short.
            int first = Math.max(1, chunk.scoredFrom());
            Arrays.fill(scoredBy, row * time + Math.min(first, ids.length), row * time + ids.length, rows.get(row));
        }
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = NDManager.newBaseManager()) {
            model.hidden(scope.create(inputs, new Shape(rows.size(), time)), listeners.apply(scoredBy));
        }
    }
}
