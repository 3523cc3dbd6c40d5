package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.optimisation.GradientMode;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.StopReason;
import io.retort.inference.scoring.TokenSampler;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Continuation of many prompts at once with a cache. Holds no state between calls. */
public final class BatchDecoder {
    private static final int MOST_ROWS = 64;
    private static final int MOST_PROMPT_POSITIONS = 8192;

    private final CausalModel model;
    private final Tokenizer tokenizer;

    /** A decoder with the model and the tokenizer that belongs to it. */
    public BatchDecoder(CausalModel model, Tokenizer tokenizer) {
        this.model = model;
        this.tokenizer = tokenizer;
    }

    /**
     * As {@link io.retort.distill.teachers.GenerativeTeacher#sample}.
     *
     * @param seeds one a prompt
     */
    public List<Generation> sample(List<int[]> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        if (seeds.length != prompts.size()) {
            throw new IllegalArgumentException(
                    "expected a seed for each of " + prompts.size() + " prompts, found " + seeds.length);
        }
        List<Row> rows = new ArrayList<>();
        for (int[] prompt : prompts) {
            requireIds(prompt);
            rows.add(new Row(prompt, new TokenSampler(sampling, seeds[rows.size()]), limits.maxBytes()));
        }
        Choice choice = sampling.greedy() ? BatchDecoder::chooseMostLikely : BatchDecoder::draw;
        Row[] order = rows.stream()
                .filter(row -> row.length() < model.contextTokens())
                .sorted(Comparator.comparingInt(Row::length))
                .toArray(Row[]::new);
        int from = 0;
        try (GradientMode mode = GradientMode.paused()) {
            while (from < order.length) {
                int to = from + 1;
                while (to < order.length
                        && to - from < MOST_ROWS
                        && (to + 1 - from) * order[to].length() <= MOST_PROMPT_POSITIONS) {
                    to++;
                }
                decode(Arrays.asList(order).subList(from, to), limits, choice);
                from = to;
            }
        }
        return rows.stream().map(Row::generation).toList();
    }

    private void requireIds(int[] prompt) {
        for (int id : prompt) {
            if (id < 0 || id >= model.vocabularySize()) {
                throw new IllegalArgumentException(
                        "prompt: expected ids of 0 to " + (model.vocabularySize() - 1) + ", found " + id);
            }
        }
    }

    private void decode(List<Row> batch, GenerationLimits limits, Choice choice) {
        int[] lengths = batch.stream().mapToInt(Row::length).toArray();
        int room = model.contextTokens() - lengths[0];
        List<Row> active = new ArrayList<>(batch);
        try (TokenCache cache = model.cache(lengths, Math.min(room, limits.maxBytes()))) {
            try (NDManager scope = NDManager.newBaseManager()) {
                choose(active, prefill(batch, lengths, cache, scope), choice);
            }
            while (true) {
                int[] open = IntStream.range(0, active.size())
                        .filter(i -> active.get(i).stop == null)
                        .toArray();
                if (open.length == 0) {
                    return;
                }
                if (open.length < active.size()) {
                    cache.retain(open);
                    active.removeIf(row -> row.stop != null);
                }
                try (NDManager scope = NDManager.newBaseManager()) {
                    long[] last = active.stream().mapToLong(row -> row.last).toArray();
                    choose(active, model.step(scope.create(last), cache), choice);
                }
            }
        }
    }

    /** Hidden states at each prompt's last token, {@code [rows, model]}. */
    private NDArray prefill(List<Row> batch, int[] lengths, TokenCache cache, NDManager scope) {
        int time = lengths[lengths.length - 1];
        long[] ids = new long[batch.size() * time];
        long[] lastPositions = new long[batch.size()];
        for (int row = 0; row < batch.size(); row++) {
            int[] prompt = batch.get(row).prompt;
            ids[row * time] = model.bos();
            for (int i = 0; i < prompt.length; i++) {
                ids[row * time + 1 + i] = prompt[i];
            }
            lastPositions[row] = (long) row * time + prompt.length;
        }
        NDArray hidden = model.prefill(scope.create(ids, new Shape(batch.size(), time)), cache);
        return Kernels.rows(hidden, lastPositions);
    }

    private void choose(List<Row> rows, NDArray hidden, Choice choice) {
        choice.append(rows, model.logits(hidden).logSoftmax(1));
    }

    /** Appends a token to each row, by its log-probabilities, {@code [rows, vocabulary]}. */
    private interface Choice {
        void append(List<Row> rows, NDArray logProbabilities);
    }

    /** In the engine, so that one number a row is copied out of it and not a vocabulary. */
    private static void chooseMostLikely(List<Row> rows, NDArray logProbabilities) {
        long[] best = logProbabilities.argMax(1).toLongArray();
        float[] chosen = logProbabilities.max(new int[] {1}).toFloatArray();
        for (int i = 0; i < best.length; i++) {
            rows.get(i).append((int) best[i], chosen[i]);
        }
    }

    private static void draw(List<Row> rows, NDArray logProbabilities) {
        float[] all = logProbabilities.toFloatArray();
        int vocabulary = all.length / rows.size();
        for (int i = 0; i < rows.size(); i++) {
            float[] one = Arrays.copyOfRange(all, i * vocabulary, (i + 1) * vocabulary);
            int token = rows.get(i).sampler.next(one);
            rows.get(i).append(token, one[token]);
        }
    }

    /** One prompt on its way. */
    private final class Row {
        private final int[] prompt;
        private final TokenSampler sampler;
        private final int maxBytes;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int tokens;
        private int last;
        private double logLikelihood;

        private @Nullable StopReason stop;

        Row(int[] prompt, TokenSampler sampler, int maxBytes) {
            this.prompt = prompt;
            this.sampler = sampler;
            this.maxBytes = maxBytes;
        }

        /** Positions of the prompt, beginning-of-sequence included. */
        int length() {
            return prompt.length + 1;
        }

        void append(int id, double logProbability) {
            byte[] text = tokenizer.bytesOf(id);
            if (id != model.eos() && bytes.size() + text.length > maxBytes) {
                stop = StopReason.BYTE_LIMIT;
                return;
            }
            logLikelihood += logProbability;
            bytes.writeBytes(text);
            last = id;
            tokens++;
            if (id == model.eos()) {
                stop = StopReason.END_OF_TEXT;
            } else if (length() + tokens > model.contextTokens() || tokens > maxBytes) {
                // A special token adds no byte, so the number of tokens is bounded as well.
                stop = tokens > maxBytes ? StopReason.BYTE_LIMIT : StopReason.CONTEXT_LIMIT;
            }
        }

        /** What was written; behind nothing, the bytes that the tokenizer puts in front of a text are no part of it. */
        private byte[] text() {
            byte[] all = bytes.toByteArray();
            byte[] prefix = tokenizer.prefix();
            boolean cut = prompt.length == 0
                    && all.length >= prefix.length
                    && Arrays.equals(prefix, 0, prefix.length, all, 0, prefix.length);
            return cut ? Arrays.copyOfRange(all, prefix.length, all.length) : all;
        }

        Generation generation() {
            return new Generation(text(), stop == null ? StopReason.CONTEXT_LIMIT : stop, logLikelihood);
        }
    }
}
