package io.retort.eval.tasks;

import java.io.Serializable;
import java.math.BigDecimal;

/** A sum of doubles without rounding until it is asked for: the order of the summands makes no difference. Not thread-safe. */
final class ExactSum implements Serializable {
    private static final long serialVersionUID = 1;

    private BigDecimal sum = BigDecimal.ZERO;

    void add(double value) {
        // The exact value, not the shortest digits.
        sum = sum.add(new BigDecimal(value));
    }

    void add(ExactSum other) {
        sum = sum.add(other.sum);
    }

    double value() {
        return sum.doubleValue();
    }
}
