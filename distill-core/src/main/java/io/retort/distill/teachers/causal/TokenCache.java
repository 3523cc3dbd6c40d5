package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What incremental decoding keeps of the past: of each token and layer two rows of numbers, such as its keys and its
 * values.
 *
 * <p>Rows may have prompts of different lengths: they are padded on the right, the padding is masked, and every row
 * continues behind the longest prompt while its positions go on from its own length. Belongs to one thread.
 */
public final class TokenCache implements AutoCloseable {
    private final NDManager manager;
    private final List<NDArray> firsts = new ArrayList<>();
    private final List<NDArray> seconds = new ArrayList<>();
    private final int capacity;
    private int[] lengths;
    private final int promptSlots;
    private int used;

    /**
     * Makes room for a batch.
     *
     * @param shape what is kept of a token
     * @param promptLengths tokens of each row's prompt, beginning-of-sequence included
     * @param newTokens how many tokens can follow the longest prompt
     */
    public TokenCache(TokenShape shape, int[] promptLengths, int newTokens) {
        this.manager = NDManager.newBaseManager();
        this.lengths = promptLengths.clone();
        this.promptSlots = Arrays.stream(promptLengths).max().orElseThrow();
        this.capacity = promptSlots + newTokens;
        int rows = promptLengths.length;
        for (int layer = 0; layer < shape.layers(); layer++) {
            firsts.add(manager.zeros(new Shape(rows, capacity, shape.firstWidth()), shape.type()));
            seconds.add(manager.zeros(new Shape(rows, capacity, shape.secondWidth()), shape.type()));
        }
    }

    /**
     * What is kept of a token.
     *
     * @param layers number of layers
     * @param firstWidth numbers in the first row of a layer
     * @param secondWidth numbers in the second
     * @param type of the numbers
     */
    public record TokenShape(int layers, int firstWidth, int secondWidth, DataType type) {}

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
        for (int layer = 0; layer < firsts.size(); layer++) {
            firsts.set(layer, retained(firsts.get(layer), kept));
            seconds.set(layer, retained(seconds.get(layer), kept));
        }
        lengths = Arrays.stream(rows).map(row -> lengths[row]).toArray();
    }

    private static NDArray retained(NDArray array, long[] rows) {
        try (array) {
            NDManager manager = array.getManager();
            return array.get(manager, new NDIndex("{}", manager.create(rows)));
        }
    }

    /** Writes {@code [rows, tokens, width]} of one layer behind what is there; {@link #advance} ends the tokens. */
    public void append(int layer, NDArray first, NDArray second) {
        long tokens = first.getShape().get(1);
        if (used + tokens > capacity) {
            throw new IllegalStateException(
                    "expected at most " + capacity + " tokens in the cache, found " + (used + tokens));
        }
        NDIndex slots = new NDIndex(":, {}:{}", used, used + tokens);
        firsts.get(layer).set(slots, first);
        seconds.get(layer).set(slots, second);
    }

    /** Ends the tokens that were appended to every layer. */
    public void advance(int tokens) {
        used += tokens;
    }

    /** First rows of one layer with those just appended, {@code [rows, past + tokens, width]}, a view in the scope. */
    public NDArray firsts(int layer, int tokens, NDManager scope) {
        return firsts.get(layer).get(scope, new NDIndex(":, 0:{}", used + tokens));
    }

    /** Second rows, likewise. */
    public NDArray seconds(int layer, int tokens, NDManager scope) {
        return seconds.get(layer).get(scope, new NDIndex(":, 0:{}", used + tokens));
    }

    /** The position of each row's next token. */
    public long[] nextPositions() {
        int generated = used - promptSlots;
        return Arrays.stream(lengths).mapToLong(length -> length + generated).toArray();
    }

    /** Added to the scores of the next token, {@code [rows, 1, past + 1]}: hides each row's padding. */
    public NDArray nextMask(NDManager scope, DataType type) {
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
