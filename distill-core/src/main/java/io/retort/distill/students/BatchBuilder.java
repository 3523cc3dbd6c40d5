package io.retort.distill.students;

import io.retort.distill.backpropagation.Packed;
import io.retort.distill.backpropagation.RowObjective;
import io.retort.distill.students.TargetRows.Row;
import java.util.ArrayList;
import java.util.List;

/** Turns windows into passes. Belongs to one thread. */
final class BatchBuilder {
    private final DocumentSource source;
    private final Objective objective;
    private final PositionWeights weights;
    private final int rowsPerPass;

    /** @param rowsPerPass positions after which a pass is full */
    BatchBuilder(DocumentSource source, Objective objective, PositionWeights weights, int rowsPerPass) {
        this.source = source;
        this.objective = objective;
        this.weights = weights;
        this.rowsPerPass = rowsPerPass;
    }

    /** Part of a batch: its symbols and its part of the loss, whose weights sum to 1 over the whole batch. */
    record Pass(Packed packed, RowObjective objective) {}

    /** The sum of the weights of some windows' positions. */
    double totalWeight(List<Window> windows) {
        double total = 0;
        for (Window window : windows) {
            int prompt = source.promptSymbols(window.document());
            int prompted = Math.max(0, Math.min(prompt, window.to()) - window.from());
            int others = window.positions() - prompted;
            total += prompted * (double) weights.prompt()
                    + others * (double) (prompt == 0 ? weights.text() : weights.answer());
        }
        return total;
    }

    /** The passes of a batch, in the order of its windows. */
    List<Pass> build(List<Window> windows) {
        double factor = 1 / totalWeight(windows);
        List<Pass> passes = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        int positions = 0;
        for (Window window : windows) {
            rows.add(new Row(source.document(window.document()), window));
            positions += window.positions();
            if (positions >= rowsPerPass) {
                passes.add(pass(rows, positions, factor));
                rows = new ArrayList<>();
                positions = 0;
            }
        }
        if (positions > 0) {
            passes.add(pass(rows, positions, factor));
        }
        return passes;
    }

    private Pass pass(List<Row> rows, int positions, double factor) {
        int[] symbols = new int[positions];
        int[] starts = new int[rows.size() + 1];
        int at = 0;
        for (int i = 0; i < rows.size(); i++) {
            Window window = rows.get(i).window();
            for (int position = window.from(); position < window.to(); position++) {
                symbols[at++] = rows.get(i).document().read(position);
            }
            starts[i + 1] = at;
        }
        return new Pass(new Packed(symbols, starts), new TargetRows(rows, objective, weights, factor));
    }
}
