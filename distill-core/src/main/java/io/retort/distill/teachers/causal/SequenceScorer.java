package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.LogProbabilityVisitor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Whole distributions at every position of many sequences, computed in batches of like length. Holds no state. */
public final class SequenceScorer {
    /** Distributions computed at once, in floats: a megabyte, which stays in cache until it is read. */
    private static final int COPY_FLOATS = 1 << 18;

    private final CausalModel model;

    /** A scorer with the model. */
    public SequenceScorer(CausalModel model) {
        this.model = model;
    }

    /**
     * As {@link io.retort.distill.teachers.Teacher#score}.
     *
     * @throws IllegalArgumentException when an id is outside the vocabulary or a sequence is too long
     */
    public void score(List<int[]> sequences, LogProbabilityVisitor visitor) {
        for (int i = 0; i < sequences.size(); i++) {
            requireSequence(i, sequences.get(i));
        }
        int[] order = IntStream.range(0, sequences.size())
                .filter(i -> sequences.get(i).length > 0)
                .boxed()
                .sorted(Comparator.comparingInt(i -> sequences.get(i).length))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] lengths = Arrays.stream(order).map(i -> sequences.get(i).length).toArray();
        int from = 0;
        for (int to : LengthCuts.ends(lengths, model.passPositions())) {
            scorePass(sequences, Arrays.copyOfRange(order, from, to), visitor);
            from = to;
        }
    }

    private void requireSequence(int index, int[] sequence) {
        if (sequence.length > model.contextTokens()) {
            throw new IllegalArgumentException("sequence " + index + ": expected at most " + model.contextTokens()
                    + " tokens, found " + sequence.length);
        }
        for (int id : sequence) {
            if (id < 0 || id >= model.vocabularySize()) {
                throw new IllegalArgumentException("sequence " + index + ": expected ids of 0 to "
                        + (model.vocabularySize() - 1) + ", found " + id);
            }
        }
    }

    private void scorePass(List<int[]> sequences, int[] rows, LogProbabilityVisitor visitor) {
        int time = sequences.get(rows[rows.length - 1]).length;
        long[] ids = new long[rows.length * time];
        for (int row = 0; row < rows.length; row++) {
            int[] sequence = sequences.get(rows[row]);
            ids[row * time] = model.bos();
            for (int i = 0; i < sequence.length - 1; i++) {
                ids[row * time + 1 + i] = sequence[i];
            }
        }
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = NDManager.newBaseManager()) {
            NDArray hidden = model.hidden(scope.create(ids, new Shape(rows.length, time)));
            int vocabulary = model.vocabularySize();
            float[] distribution = new float[vocabulary];
            int together = Math.max(1, COPY_FLOATS / vocabulary);
            for (int first = 0; first < ids.length; first += together) {
                int end = Math.min(first + together, ids.length);
                try (NDManager copy = scope.newSubManager()) {
                    NDArray some = hidden.get(copy, new NDIndex("{}:{}", first, end));
                    FloatBuffer logProbabilities = floats(model.logits(some).logSoftmax(1));
                    for (int i = first; i < end; i++) {
                        int row = rows[i / time];
                        if (i % time < sequences.get(row).length) {
                            logProbabilities.get((i - first) * vocabulary, distribution);
                            visitor.accept(row, i % time, distribution);
                        }
                    }
                }
            }
        }
    }

    /** The array's own memory, to be read before its manager is closed. */
    private static FloatBuffer floats(NDArray array) {
        return ((PtNDArray) array)
                .toByteBuffer(true)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
