package io.retort.distill.students;

import io.retort.distill.backpropagation.RowObjective;
import io.retort.inference.alphabet.Alphabet;
import java.util.Arrays;
import java.util.List;

/** The loss of packed windows: what is to be predicted at each of their positions, times its weight. */
final class TargetRows implements RowObjective {

    /** A window with its document. */
    record Row(TrainingDocument document, Window window) {}

    private final List<Row> windows;
    private final Objective objective;
    private final PositionWeights weights;
    private final float factor;
    private final float[] teacher = new float[Alphabet.SIZE];

    /** @param factor what positions' weights are multiplied by */
    TargetRows(List<Row> windows, Objective objective, PositionWeights weights, double factor) {
        this.windows = windows;
        this.objective = objective;
        this.weights = weights;
        this.factor = (float) factor;
    }

    @Override
    public double lossAndGradient(float[] logits, int stride, int rows) {
        double loss = 0;
        int at = 0;
        for (Row row : windows) {
            for (int position = row.window.from(); position < row.window.to(); position++) {
                loss += position(row.document, position, logits, at);
                Arrays.fill(logits, at + Alphabet.SIZE, at + stride, 0);
                at += stride;
            }
        }
        return loss;
    }

    private double position(TrainingDocument document, int position, float[] logits, int at) {
        float weight = weights.of(document, position) * factor;
        if (weight == 0) {
            Arrays.fill(logits, at, at + Alphabet.SIZE, 0);
            return 0;
        }
        float share = (float) objective.teacherShare(document.teacher().confidence(position));
        if (share > 0) {
            Arrays.fill(teacher, 0);
            document.teacher().add(position, 1, teacher, 0);
        }
        double loss = objective.lossAndGradient(logits, at, document.expected(position), share, teacher);
        for (int i = at; i < at + Alphabet.SIZE; i++) {
            logits[i] *= weight;
        }
        return weight * loss;
    }
}
