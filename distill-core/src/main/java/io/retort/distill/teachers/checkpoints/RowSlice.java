package io.retort.distill.teachers.checkpoints;

/** Receives a tensor a few rows at a time. */
@FunctionalInterface
public interface RowSlice {
    /**
     * Takes rows {@code from} to {@code to}.
     *
     * @param from the first row
     * @param to the row behind the last
     * @param values the rows' elements one behind the other, from index 0; reused after the call returns
     */
    void accept(long from, long to, float[] values);
}
