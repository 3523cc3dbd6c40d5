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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Continuation of many prompts at once with a cache. Holds no state between calls. */
public final class CachingDecoder implements Decoder {
    private static final int MOST_ROWS = 64;
    private static final int MOST_PROMPT_POSITIONS = 8192;

    private final IncrementalModel model;
    private final Tokenizer tokenizer;

    /** A decoder with the model and the tokenizer that belongs to it. */
    public CachingDecoder(IncrementalModel model, Tokenizer tokenizer) {
        this.model = model;
        this.tokenizer = tokenizer;
    }

    @Override
    public List<Generation> sample(List<int[]> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        List<Continuation> rows = Continuation.of(model, tokenizer, prompts, limits, new Draws(sampling, seeds));
        Continuation[] order = rows.stream()
                .filter(Continuation::isOpen)
                .sorted(Comparator.comparingInt(Continuation::length))
                .toArray(Continuation[]::new);
        int from = 0;
        try (GradientMode mode = GradientMode.paused()) {
            while (from < order.length) {
                int to = from + 1;
                while (to < order.length
                        && to - from < MOST_ROWS
                        && (to + 1 - from) * order[to].length() <= MOST_PROMPT_POSITIONS) {
                    to++;
                }
                decode(Arrays.asList(order).subList(from, to), limits);
                from = to;
            }
        }
        return rows.stream().map(Continuation::generation).toList();
    }

    private void decode(List<Continuation> batch, GenerationLimits limits) {
        int[] lengths = batch.stream().mapToInt(Continuation::length).toArray();
        int room = model.contextTokens() - lengths[0];
        List<Continuation> active = new ArrayList<>(batch);
        try (TokenCache cache = model.cache(lengths, Math.min(room, limits.maxBytes()))) {
            try (NDManager scope = NDManager.newBaseManager()) {
                Continuation.choose(model, active, prefill(batch, lengths, cache, scope));
            }
            while (true) {
                int[] open = IntStream.range(0, active.size())
                        .filter(i -> active.get(i).isOpen())
                        .toArray();
                if (open.length == 0) {
                    return;
                }
                if (open.length < active.size()) {
                    cache.retain(open);
                    active.removeIf(row -> !row.isOpen());
                }
                try (NDManager scope = NDManager.newBaseManager()) {
                    long[] last = active.stream().mapToLong(Continuation::last).toArray();
                    Continuation.choose(model, active, model.step(scope.create(last), cache));
                }
            }
        }
    }

    /** Hidden states at each prompt's last token, {@code [rows, model]}. */
    private NDArray prefill(List<Continuation> batch, int[] lengths, TokenCache cache, NDManager scope) {
        int time = lengths[lengths.length - 1];
        long[] ids = new long[batch.size() * time];
        long[] lastPositions = new long[batch.size()];
        for (int row = 0; row < batch.size(); row++) {
            batch.get(row).copyIds(ids, row * time);
            lastPositions[row] = (long) row * time + lengths[row] - 1;
        }
        NDArray hidden = model.prefill(scope.create(ids, new Shape(batch.size(), time)), cache);
        return Kernels.rows(hidden, lastPositions);
    }
}
