package io.retort.distill.teachers.nano;

import java.util.stream.IntStream;

/**
 * The order of a batch's choices by expert.
 *
 * @param tokenOfRow for each row sorted by expert, the token it belongs to
 * @param rowOfChoice for each choice (token by token), its row
 * @param firstRow for each expert its first row; one more entry for the end
 */
record Dispatch(long[] tokenOfRow, long[] rowOfChoice, int[] firstRow) {
    /** Sorts choices, {@code perToken} in a row for each token, by expert; stable, so the order is reproducible. */
    static Dispatch of(long[] choices, int perToken, int experts) {
        int[] firstRow = new int[experts + 1];
        for (long expert : choices) {
            firstRow[(int) expert + 1]++;
        }
        for (int expert = 0; expert < experts; expert++) {
            firstRow[expert + 1] += firstRow[expert];
        }
        int[] next = firstRow.clone();
        long[] tokenOfRow = new long[choices.length];
        long[] rowOfChoice = new long[choices.length];
        for (int choice = 0; choice < choices.length; choice++) {
            int row = next[(int) choices[choice]]++;
            tokenOfRow[row] = choice / perToken;
            rowOfChoice[choice] = row;
        }
        return new Dispatch(tokenOfRow, rowOfChoice, firstRow);
    }

    /** The experts that have rows, ascending. */
    int[] visited() {
        return IntStream.range(0, firstRow.length - 1)
                .filter(expert -> firstRow[expert] < firstRow[expert + 1])
                .toArray();
    }
}
