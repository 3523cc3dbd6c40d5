package io.retort.datasets.python;

/**
 * Bounds on one call of a program.
 *
 * @param steps expressions and statements evaluated, plus elements and characters produced
 * @param depth calls of the program's own functions inside each other
 * @param size elements of a list, characters of a string
 * @param bits bits of a whole number
 */
public record ExecutionLimits(int steps, int depth, int size, int bits) {

    /** Enough for every answer of the coding suite, and over within some milliseconds. */
    public static final ExecutionLimits STANDARD = new ExecutionLimits(50_000, 40, 5_000, 1_024);

    public ExecutionLimits {
        if (steps < 1 || depth < 1 || size < 1 || bits < 1) {
            throw new IllegalArgumentException("expected limits of at least 1, found " + steps + " steps, depth "
                    + depth + ", size " + size + ", " + bits + " bits");
        }
        if (depth > 100) {
            throw new IllegalArgumentException("expected a depth of at most 100, found " + depth);
        }
    }
}
