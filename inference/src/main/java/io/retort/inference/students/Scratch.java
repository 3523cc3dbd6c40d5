package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;

/** What a pass of some rows through a student needs beside its memory. Nobody relies on its content. */
final class Scratch {
    /** Floats that the scores of several rows may take; a longer text is attended to row by row. */
    private static final int MOST_SCORES = 1 << 16;

    static final int MOST_SCORED_ROWS = 8;

    final int rows;
    final int scoredRows;
    final Block x; // [rows, d], the residual stream
    final Block normalised; // [rows, d]
    final Block projected; // [rows, widest projection]
    final Block window; // [most shifts - 1 + rows, widest projection]
    private final Block[] windowFrom; // by the row where it begins
    final Block convolved; // [rows, widest projection]
    final Block hidden; // [rows, 2m]
    final Block gates; // [rows, max(d, m)]
    final Block logits; // [rows, alphabet]
    final Block scores; // [scoredRows, capacity]

    /**
     * @param projections columns of the widest of the layers' projections
     * @param shifts positions of the widest of their convolutions
     * @param positions that a row may attend to, 0 where nothing attends
     */
    Scratch(StudentConfig config, int projections, int shifts, int rows, int positions) {
        this.rows = rows;
        int width = config.width();
        scoredRows = scoredRows(rows, positions);
        x = Block.zeros(rows, width);
        normalised = Block.zeros(rows, width);
        projected = Block.zeros(rows, projections);
        window = Block.zeros(shifts - 1 + rows, projections);
        windowFrom = new Block[shifts];
        for (int row = 0; row < shifts; row++) {
            windowFrom[row] = new Block(window.values(), window.row(row), window.stride());
        }
        convolved = Block.zeros(rows, projections);
        hidden = Block.zeros(rows, 2 * config.hiddenWidth());
        gates = Block.zeros(rows, Math.max(width, config.hiddenWidth()));
        logits = Block.zeros(rows, config.alphabetSize());
        scores = Block.zeros(positions == 0 ? 0 : scoredRows, Math.max(1, positions));
    }

    private static int scoredRows(int rows, int positions) {
        int affordable = Math.max(1, MOST_SCORES / Math.max(1, Kernels.padded(positions)));
        return Math.min(Math.min(rows, MOST_SCORED_ROWS), affordable);
    }

    /** Bytes of the heap that one of these sizes takes. */
    static long bytes(StudentConfig config, int projections, int shifts, int rows, int positions) {
        int width = config.width();
        long floats = (long) rows
                        * (2L * Kernels.padded(width)
                                + 2L * Kernels.padded(projections)
                                + Kernels.padded(2 * config.hiddenWidth())
                                + Kernels.padded(Math.max(width, config.hiddenWidth()))
                                + Kernels.padded(config.alphabetSize()))
                + (shifts - 1L + rows) * Kernels.padded(projections)
                + (long) scoredRows(rows, positions) * Kernels.padded(positions);
        return 4 * floats + 40L * (9 + shifts);
    }

    /** The window's rows behind so many past ones. */
    Block window(int past) {
        return windowFrom[past];
    }

    long bytes() {
        long floats = 0;
        for (Block block : new Block[] {x, normalised, projected, window, convolved, hidden, gates, logits, scores}) {
            floats += block.values().length;
        }
        return 4 * floats;
    }
}
