package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What incremental decoding keeps of the past: the normalised compressed key-and-value and the turned rope key, {@code
 * latentRank + ropeSize} numbers a token and layer whatever the number of heads.
 *
 * <p>Rows may have prompts of different lengths: they are padded on the right, the padding is masked, and every row
 * continues behind the longest prompt while its positions go on from its own length. Belongs to one thread.
 */
public final class LatentCache implements AutoCloseable {
    private final NDManager manager;
    private final List<NDArray> latents = new ArrayList<>();
    private final List<NDArray> keys = new ArrayList<>();
    private final int capacity;
    private int[] lengths;
    private final int promptSlots;
    private int used;

    /**
     * Makes room for a batch.
     *
     * @param model whose past it is
     * @param promptLengths tokens of each row's prompt, beginning-of-sequence included
     * @param newTokens how many tokens can follow the longest prompt
     */
    public LatentCache(NanoModel model, int[] promptLengths, int newTokens) {
        AttentionConfig attention = model.config().attention();
        this.manager = NDManager.newBaseManager();
        this.lengths = promptLengths.clone();
        this.promptSlots = Arrays.stream(promptLengths).max().orElseThrow();
        this.capacity = promptSlots + newTokens;
        for (int layer = 0; layer < model.config().layers(); layer++) {
            latents.add(
                    manager.zeros(new Shape(promptLengths.length, capacity, attention.latentRank()), model.dataType()));
            keys.add(manager.zeros(new Shape(promptLengths.length, capacity, attention.ropeSize()), model.dataType()));
        }
    }

    /** Number of rows. */
    public int rows() {
        return lengths.length;
    }

    /** Whether one more token of each row has a place. */
    public boolean hasRoom() {
        return used < capacity;
    }

    /** Keeps only the given rows, in that order. */
    public void retain(int[] rows) {
        long[] kept = Arrays.stream(rows).asLongStream().toArray();
        for (int layer = 0; layer < latents.size(); layer++) {
            latents.set(layer, retained(latents.get(layer), kept));
            keys.set(layer, retained(keys.get(layer), kept));
        }
        lengths = Arrays.stream(rows).map(row -> lengths[row]).toArray();
    }

    private static NDArray retained(NDArray array, long[] rows) {
        try (array) {
            return Kernels.rows(array, rows);
        }
    }

    /** Writes {@code [rows, tokens, width]} of one layer behind what is there; {@link #advance} ends the tokens. */
    void append(int layer, NDArray latent, NDArray key) {
        long tokens = latent.getShape().get(1);
        if (used + tokens > capacity) {
            throw new IllegalStateException(
                    "expected at most " + capacity + " tokens in the cache, found " + (used + tokens));
        }
        NDIndex slots = new NDIndex(":, {}:{}", used, used + tokens);
        latents.get(layer).set(slots, latent);
        keys.get(layer).set(slots, key);
    }

    void advance(int tokens) {
        used += tokens;
    }

    /** Latents of one layer with those just appended, {@code [rows, past + tokens, latentRank]}, a view in the scope. */
    NDArray latents(int layer, int tokens, NDManager scope) {
        return latents.get(layer).get(scope, new NDIndex(":, 0:{}", used + tokens));
    }

    /** Rope keys, likewise. */
    NDArray keys(int layer, int tokens, NDManager scope) {
        return keys.get(layer).get(scope, new NDIndex(":, 0:{}", used + tokens));
    }

    /** The position of each row's next token. */
    long[] nextPositions() {
        int generated = used - promptSlots;
        return Arrays.stream(lengths).mapToLong(length -> length + generated).toArray();
    }

    /** Added to the scores of the next token, {@code [rows, 1, past + 1]}: hides each row's padding. */
    NDArray nextMask(NDManager scope, DataType type) {
        int width = used + 1;
        float[] mask = new float[lengths.length * width];
        for (int row = 0; row < lengths.length; row++) {
            Arrays.fill(mask, row * width + lengths[row], row * width + promptSlots, Float.NEGATIVE_INFINITY);
        }
        return scope.create(mask, new Shape(lengths.length, 1, width)).toType(type, false);
    }

    @Override
    public void close() {
        manager.close();
    }
}
