package io.retort.distill.teachers.exported;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.causal.CausalModel;
import java.util.Arrays;

/**
 * Computes a few passes that show whether an exported model is a teacher: logits of the right shape and type, finite,
 * blind to what comes later, and the same whatever a sequence's length and company. Exports often fail the last when a
 * trace has baked in the shape of its example. One pass is as long as the context, or 4,096 positions where that is less.
 */
final class ExportProbe {
    private static final int TOKENS = 8;
    private static final int MOST_POSITIONS = 4096;
    /** In the same shape nothing is computed otherwise; in another shape, sums are in another order. */
    private static final double SAME_SHAPE = 1e-4;

    private static final double OTHER_SHAPE = 1e-3;

    private final CausalModel model;
    private final String where;
    private final int vocabulary;

    /**
     * A probe of a model.
     *
     * @param where named in errors
     */
    ExportProbe(CausalModel model, String where) {
        this.model = model;
        this.where = where;
        this.vocabulary = model.vocabularySize();
    }

    /**
     * Computes the passes.
     *
     * @throws InvalidDataException by what is wrong with the model
     */
    void run() {
        int time = Math.min(TOKENS, model.contextTokens());
        long[] ids = ids(time);
        float[] alone = first(time, 1, ids);
        requireFinite(alone);
        requireCausal(ids, alone, time - 1);
        requireCausal(ids, alone, time / 2);
        int half = time / 2;
        requireSame(alone, first(half, 1, Arrays.copyOf(ids, half)), half, 0, "the length of the sequence");
        long[] pair = Arrays.copyOf(changed(ids, 1), 2 * time);
        System.arraycopy(ids, 0, pair, time, time);
        requireSame(alone, first(2 * time, 2, pair), time, time, "the other sequences of a batch");
        int longest = Math.min(model.contextTokens(), MOST_POSITIONS);
        requireSame(alone, first(time, 1, ids(longest)), time, 0, "the length of the sequence");
    }

    /** Ids from all over the vocabulary behind a beginning; the first few do not depend on how many there are. */
    private long[] ids(int time) {
        long[] ids = new long[time];
        ids[0] = model.bos();
        for (int i = 1; i < time; i++) {
            ids[i] = (long) i * vocabulary / TOKENS % vocabulary;
        }
        return ids;
    }

    private long[] changed(long[] ids, int from) {
        long[] changed = ids.clone();
        for (int i = from; i < ids.length; i++) {
            changed[i] = (ids[i] + 1 + vocabulary / 3) % vocabulary;
        }
        return changed;
    }

    /** Logits of the first rows, {@code [rows, vocabulary]}, of a pass of which all must be finite. */
    private float[] first(int rows, int batch, long[] ids) {
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = NDManager.newBaseManager()) {
            NDArray logits = model.hidden(scope.create(ids, new Shape(batch, ids.length / batch)));
            if (!Float.isFinite(logits.sum().getFloat())) {
                requireFinite(logits.toFloatArray());
            }
            return logits.get(scope, new NDIndex("0:{}", rows)).toFloatArray();
        } catch (InvalidDataException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidDataException(
                    where + ": expected a model that takes int64 ids of shape (" + batch + ", " + ids.length / batch
                            + "), found: " + EngineWords.of(e),
                    e);
        }
    }

    private void requireFinite(float[] logits) {
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new InvalidDataException(where + ": expected finite logits, found " + logits[i] + " for id "
                        + i % vocabulary + " at position " + i / vocabulary + " of a probe");
            }
        }
    }

    private void requireCausal(long[] ids, float[] logits, int from) {
        float[] other = first(ids.length, 1, changed(ids, from));
        int at = firstDifference(logits, other, from, 0, SAME_SHAPE);
        if (at >= 0) {
            throw new InvalidDataException(where + ": not causal: expected the same logits before position " + from
                    + " whatever the tokens from there on, found " + logits[at] + " and " + other[at] + " for id "
                    + at % vocabulary + " at position " + at / vocabulary);
        }
    }

    private void requireSame(float[] logits, float[] other, int rows, int otherFrom, String company) {
        int at = firstDifference(logits, other, rows, otherFrom, OTHER_SHAPE);
        if (at >= 0) {
            throw new InvalidDataException(where + ": expected logits that do not depend on " + company + ", found "
                    + logits[at] + " and " + other[otherFrom * vocabulary + at] + " for id " + at % vocabulary
                    + " at position " + at / vocabulary
                    + "; was the model traced without dynamic shapes?");
        }
    }

    /** The first of so many rows' logits that differ by more than a tolerance, relative above 1, or -1. */
    private int firstDifference(float[] logits, float[] other, int rows, int otherFrom, double tolerance) {
        for (int i = 0; i < rows * vocabulary; i++) {
            double difference = Math.abs((double) logits[i] - other[otherFrom * vocabulary + i]);
            if (!(difference <= tolerance * Math.max(1, Math.abs(logits[i])))) {
                return i;
            }
        }
        return -1;
    }
}
