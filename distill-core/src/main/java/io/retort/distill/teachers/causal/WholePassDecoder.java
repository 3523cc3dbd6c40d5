package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.optimisation.GradientMode;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Continuation of many prompts at once by a model that has no cache: each token takes a pass over all tokens before
 * it, so that n tokens cost as much as scoring n texts. Rows of like length share a pass. Holds no state between calls.
 */
public final class WholePassDecoder implements Decoder {
    private final CausalModel model;
    private final Tokenizer tokenizer;

    /** A decoder with the model and the tokenizer that belongs to it. */
    public WholePassDecoder(CausalModel model, Tokenizer tokenizer) {
        this.model = model;
        this.tokenizer = tokenizer;
    }

    @Override
    public List<Generation> sample(List<int[]> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        List<Continuation> rows = Continuation.of(model, tokenizer, prompts, limits, new Draws(sampling, seeds));
        List<Continuation> open = new ArrayList<>(rows);
        open.removeIf(row -> !row.isOpen());
        try (GradientMode mode = GradientMode.paused()) {
            while (!open.isEmpty()) {
                // All open rows have written as many tokens: the order by length stays.
                open.sort(Comparator.comparingInt(Continuation::length));
                int from = 0;
                while (from < open.size()) {
                    int to = from + 1;
                    while (to < open.size() && (to + 1 - from) * open.get(to).length() <= model.passPositions()) {
                        to++;
                    }
                    appendOne(open.subList(from, to));
                    from = to;
                }
                open.removeIf(row -> !row.isOpen());
            }
        }
        return rows.stream().map(Continuation::generation).toList();
    }

    private void appendOne(List<Continuation> batch) {
        int time = batch.get(batch.size() - 1).length();
        long[] ids = new long[batch.size() * time];
        long[] lastPositions = new long[batch.size()];
        for (int row = 0; row < batch.size(); row++) {
            batch.get(row).copyIds(ids, row * time);
            lastPositions[row] = (long) row * time + batch.get(row).length() - 1;
        }
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray hidden = model.hidden(scope.create(ids, new Shape(batch.size(), time)));
            Continuation.choose(model, batch, Kernels.rows(hidden, lastPositions));
        }
    }
}
