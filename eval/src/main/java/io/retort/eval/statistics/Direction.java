package io.retort.eval.statistics;

/** Which way a figure gets better. */
public enum Direction {
    HIGHER_IS_BETTER(1),
    LOWER_IS_BETTER(-1);

    private final int sign;

    Direction(int sign) {
        this.sign = sign;
    }

    /** 1 where higher is better, −1 where lower is. */
    public int sign() {
        return sign;
    }
}
