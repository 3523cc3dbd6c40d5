package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.inference.alphabet.Alphabet;
import java.util.Arrays;
import java.util.List;

/** Turns windows into arrays. Belongs to one thread. */
final class BatchBuilder {

    /** Scored positions are padded to a multiple of this. */
    private static final int SCORED_STEP = 8;

    private final DocumentSource source;
    private final Objective objective;
    private final PositionWeights weights;

    BatchBuilder(DocumentSource source, Objective objective, PositionWeights weights) {
        this.source = source;
        this.objective = objective;
        this.weights = weights;
    }

    /**
     * One batch, padded behind with positions of weight 0.
     *
     * @param symbols read, [batch, time], 64-bit integers
     * @param scored which positions are predicted
     * @param targets [batch, scored, alphabet]: distributions times weights that sum to 1 over the batch
     */
    record Batch(NDArray symbols, ScoredPositions scored, NDArray targets) {}

    /** One window with the document it is cut from; positions below {@code scoredFrom} have no weight. */
    private record Row(TrainingDocument document, Window window, int scoredFrom) {
        int scored() {
            return window.to() - scoredFrom;
        }
    }

    /** The sum of the weights of some windows' positions. */
    double totalWeight(List<Window> windows) {
        double total = 0;
        for (Window window : windows) {
            TrainingDocument document = source.document(window.document());
            for (int position = window.from(); position < window.to(); position++) {
                total += weights.of(document, position);
            }
        }
        return total;
    }

    Batch build(NDManager manager, List<Window> windows) {
        int time = windows.stream().mapToInt(Window::paddedPositions).max().orElseThrow();
        List<Row> rows = windows.stream().map(this::row).toList();
        int scored = rows.stream().mapToInt(Row::scored).max().orElseThrow();
        scored = (scored + SCORED_STEP - 1) / SCORED_STEP * SCORED_STEP;
        long[] symbols = new long[rows.size() * time];
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            for (int position = row.window.from(); position < row.window.to(); position++) {
                symbols[i * time + position - row.window.from()] = row.document.read(position);
            }
        }
        NDArray read = manager.create(symbols, new Shape(rows.size(), time));
        // Picking positions out costs as much as predicting some of them.
        if (2 * scored > time) {
            List<Row> whole = rows.stream()
                    .map(row -> new Row(row.document, row.window, row.window.from()))
                    .toList();
            return new Batch(read, new ScoredPositions.All(), targets(manager, whole, time));
        }
        return new Batch(read, some(manager, rows, scored, time), targets(manager, rows, scored));
    }

    private Row row(Window window) {
        TrainingDocument document = source.document(window.document());
        int from = window.from();
        while (from < window.to() - 1 && weights.of(document, from) == 0) {
            from++;
        }
        return new Row(document, window, from);
    }

    private static ScoredPositions some(NDManager manager, List<Row> rows, int scored, int time) {
        long[] indices = new long[rows.size() * scored];
        float[] mask = new float[indices.length * time];
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            for (int s = 0; s < scored; s++) {
                // Padding asks for the last position again, and is given no weight.
                int position = Math.min(row.scoredFrom + s, row.window.to() - 1) - row.window.from();
                indices[i * scored + s] = (long) i * time + position;
                int start = (i * scored + s) * time;
                Arrays.fill(mask, start + position + 1, start + time, Float.NEGATIVE_INFINITY);
            }
        }
        return new ScoredPositions.Some(
                manager.create(indices, new Shape(rows.size(), scored)),
                manager.create(mask, new Shape(rows.size(), 1, scored, time)));
    }

    private NDArray targets(NDManager manager, List<Row> rows, int scored) {
        float[] targets = new float[rows.size() * scored * Alphabet.SIZE];
        double total = 0;
        for (int i = 0; i < rows.size(); i++) {
            total += fill(rows.get(i), i * scored, targets);
        }
        float factor = (float) (1 / total);
        for (int i = 0; i < targets.length; i++) {
            targets[i] *= factor;
        }
        return manager.create(targets, new Shape(rows.size(), scored, Alphabet.SIZE));
    }

    /** Fills one row's targets, which begin at {@code start} of the batch, and returns its total weight. */
    private double fill(Row row, int start, float[] targets) {
        TrainingDocument document = row.document;
        double total = 0;
        for (int position = row.scoredFrom; position < row.window.to(); position++) {
            int at = (start + position - row.scoredFrom) * Alphabet.SIZE;
            float weight = weights.of(document, position);
            double share = objective.teacherShare(document.teacher().confidence(position));
            targets[at + document.expected(position)] += (float) (weight * (1 - share));
            if (share > 0) {
                document.teacher().add(position, (float) (weight * share), targets, at);
            }
            total += weight;
        }
        return total;
    }
}
