package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.StopReason;
import io.retort.inference.scoring.TokenSampler;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One prompt on its way: what was written behind it, token by token, and why it ended. */
final class Continuation {
    private final CausalModel model;
    private final Tokenizer tokenizer;
    private final Sampling sampling;
    private final TokenSampler sampler;
    private final int promptTokens;
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    /** The prompt and what was written. */
    private int[] ids;

    private int tokens;
    private double logLikelihood;

    private @Nullable StopReason stop;

    private Continuation(CausalModel model, Tokenizer tokenizer, Draws draws, int index, int[] prompt, int maxBytes) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.sampling = draws.sampling();
        this.sampler = draws.of(index);
        this.ids = prompt.clone();
        this.promptTokens = prompt.length;
        this.maxBytes = maxBytes;
    }

    /**
     * Continuations of nothing yet.
     *
     * @throws IllegalArgumentException when an id is outside the vocabulary, or seeds are more or fewer than prompts
     */
    static List<Continuation> of(
            CausalModel model, Tokenizer tokenizer, List<int[]> prompts, GenerationLimits limits, Draws draws) {
        GenerativeTeacher.requireSeeds(prompts, draws.seeds());
        List<Continuation> rows = new ArrayList<>();
        for (int[] prompt : prompts) {
            for (int id : prompt) {
                if (id < 0 || id >= model.vocabularySize()) {
                    throw new IllegalArgumentException(
                            "prompt: expected ids of 0 to " + (model.vocabularySize() - 1) + ", found " + id);
                }
            }
            rows.add(new Continuation(model, tokenizer, draws, rows.size(), prompt, limits.maxBytes()));
        }
        return rows;
    }

    /** Appends a token to each row, by logits of {@code hidden [rows, model]}. */
    static void choose(CausalModel model, List<Continuation> rows, NDArray hidden) {
        NDArray logProbabilities = model.logits(hidden).logSoftmax(1);
        if (rows.get(0).sampling.greedy()) {
            chooseMostLikely(rows, logProbabilities);
        } else {
            draw(rows, logProbabilities);
        }
    }

    /** In the engine, so that one number a row is copied out of it and not a vocabulary. */
    private static void chooseMostLikely(List<Continuation> rows, NDArray logProbabilities) {
        long[] best = logProbabilities.argMax(1).toLongArray();
        float[] chosen = logProbabilities.max(new int[] {1}).toFloatArray();
        for (int i = 0; i < best.length; i++) {
            rows.get(i).append((int) best[i], chosen[i]);
        }
    }

    private static void draw(List<Continuation> rows, NDArray logProbabilities) {
        float[] all = logProbabilities.toFloatArray();
        int vocabulary = all.length / rows.size();
        for (int i = 0; i < rows.size(); i++) {
            float[] one = Arrays.copyOfRange(all, i * vocabulary, (i + 1) * vocabulary);
            int token = rows.get(i).sampler.next(one);
            rows.get(i).append(token, one[token]);
        }
    }

    /** Positions of the prompt and of what was written, beginning-of-sequence included. */
    int length() {
        return promptTokens + tokens + 1;
    }

    /** Whether it goes on; one whose prompt fills the context never does. */
    boolean isOpen() {
        return stop == null && promptTokens + 1 < model.contextTokens();
    }

    /** The last token written. */
    int last() {
        return ids[promptTokens + tokens - 1];
    }

    /** Writes beginning-of-sequence, the prompt and what was written into a row of ids that begins at {@code at}. */
    void copyIds(long[] into, int at) {
        into[at] = model.bos();
        for (int i = 0; i < promptTokens + tokens; i++) {
            into[at + 1 + i] = ids[i];
        }
    }

    /**
     * Beginning-of-sequence ends a text as the end does: models of llama2.c were trained on texts in a row with nothing but
     * the next one's beginning between them.
     */
    private void append(int id, double logProbability) {
        if (Double.isNaN(logProbability)) {
            throw new InvalidDataException("expected log-probabilities after " + (length() - 1)
                    + " tokens, found NaN: the model overflows there");
        }
        byte[] text = tokenizer.bytesOf(id);
        boolean ends = id == model.eos() || id == model.bos();
        if (!ends && bytes.size() + text.length > maxBytes) {
            stop = StopReason.BYTE_LIMIT;
            return;
        }
        logLikelihood += logProbability;
        bytes.writeBytes(text);
        if (promptTokens + tokens == ids.length) {
            ids = Arrays.copyOf(ids, ids.length + ids.length / 2 + 16);
        }
        ids[promptTokens + tokens] = id;
        tokens++;
        if (ends) {
            stop = StopReason.END_OF_TEXT;
        } else if (length() > model.contextTokens() || tokens > maxBytes) {
            // A special token adds no byte, so the number of tokens is bounded as well.
            stop = tokens > maxBytes ? StopReason.BYTE_LIMIT : StopReason.CONTEXT_LIMIT;
        }
    }

    /** What was written; behind nothing, the bytes that the tokenizer puts in front of a text are no part of it. */
    private byte[] text() {
        byte[] all = bytes.toByteArray();
        byte[] prefix = tokenizer.prefix();
        boolean cut = promptTokens == 0
                && all.length >= prefix.length
                && Arrays.equals(prefix, 0, prefix.length, all, 0, prefix.length);
        return cut ? Arrays.copyOfRange(all, prefix.length, all.length) : all;
    }

    Generation generation() {
        return new Generation(text(), stop == null ? StopReason.CONTEXT_LIMIT : stop, logLikelihood);
    }
}
