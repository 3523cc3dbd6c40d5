package io.retort.eval.controls;

/** A distribution of the next symbol given those before it. */
interface ByteModel {
    /**
     * The probability that {@code next} follows; over all {@link ByteSymbols#COUNT} symbols these add up to 1.
     *
     * @param history [symbols] a text so far, opened by {@link ByteSymbols#END}
     * @param length how much of {@code history} counts, at least 1
     */
    double probability(int[] history, int length, int next);
}
