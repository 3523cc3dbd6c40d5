package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.inference.alphabet.Alphabet;
import java.util.List;

/** Turns windows into arrays. Belongs to one thread. */
final class BatchBuilder {

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
     * @param targets [batch, time, alphabet]: distributions times weights that sum to 1 over the batch
     */
    record Batch(NDArray symbols, NDArray targets) {}

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
        int time = 0;
        for (Window window : windows) {
            time = Math.max(time, window.paddedPositions());
        }
        long[] symbols = new long[windows.size() * time];
        float[] targets = new float[windows.size() * time * Alphabet.SIZE];
        double total = 0;
        for (int row = 0; row < windows.size(); row++) {
            total += fill(windows.get(row), row * time, symbols, targets);
        }
        float factor = (float) (1 / total);
        for (int i = 0; i < targets.length; i++) {
            targets[i] *= factor;
        }
        return new Batch(
                manager.create(symbols, new Shape(windows.size(), time)),
                manager.create(targets, new Shape(windows.size(), time, Alphabet.SIZE)));
    }

    /** Fills one row, which begins at position {@code start} of the batch, and returns its total weight. */
    private double fill(Window window, int start, long[] symbols, float[] targets) {
        TrainingDocument document = source.document(window.document());
        double total = 0;
        for (int position = window.from(); position < window.to(); position++) {
            int at = start + position - window.from();
            symbols[at] = document.read(position);
            float weight = weights.of(document, position);
            double share = objective.teacherShare(document.teacher().confidence(position));
            targets[at * Alphabet.SIZE + document.expected(position)] += (float) (weight * (1 - share));
            if (share > 0) {
                document.teacher().add(position, (float) (weight * share), targets, at * Alphabet.SIZE);
            }
            total += weight;
        }
        return total;
    }
}
