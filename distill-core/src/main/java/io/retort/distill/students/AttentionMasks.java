package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.inference.students.Mixer;
import java.util.HashMap;
import java.util.Map;

/** Constants of attention over a number of positions, made once and kept until the manager is closed. */
final class AttentionMasks {

    private final NDManager manager;
    private final Map<Long, NDArray> masks = new HashMap<>();
    private final Map<Long, NDArray> logarithms = new HashMap<>();

    AttentionMasks(NDManager manager) {
        this.manager = manager;
    }

    /**
     * What to add to the scores of the queries {@code from} to below {@code to} with the keys 0 to below {@code to}:
     * zero, and minus infinity where the key is later. At most {@code rows} queries a block.
     */
    NDArray block(long rows, long time, long from, long to) {
        NDArray mask = masks.computeIfAbsent(rows << 32 | time, key -> mask((int) rows, (int) time));
        NDArray few = Axes.slice(mask, 0, rows - (to - from), rows);
        return Axes.slice(few, 1, time - to, time);
    }

    /** Growth of the queries with their position, [1, time, 1, 1]. */
    NDArray logarithms(long time) {
        return logarithms.computeIfAbsent(time, key -> {
            float[] values = new float[(int) time];
            for (int t = 0; t < values.length; t++) {
                values[t] = (float) (Math.log(t + Mixer.LOGARITHM_OFFSET) / Math.log(Mixer.LOGARITHM_UNIT));
            }
            return manager.create(values, new Shape(1, time, 1, 1));
        });
    }

    /** [rows, time]: a triangle at the end of the time axis. */
    private NDArray mask(int rows, int time) {
        float[] values = new float[rows * time];
        for (int row = 0; row < rows; row++) {
            for (int column = time - rows + row + 1; column < time; column++) {
                values[row * time + column] = Float.NEGATIVE_INFINITY;
            }
        }
        return manager.create(values, new Shape(rows, time));
    }
}
