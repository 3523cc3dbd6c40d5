package io.retort.datasets.python;

import java.math.BigInteger;

/** Counts what one call uses and stops it at its limits. Not safe for use by several threads. */
final class Meter {

    private final ExecutionLimits limits;
    private int steps;
    private int depth;

    Meter(ExecutionLimits limits) {
        this.limits = limits;
    }

    void step() {
        if (++steps > limits.steps()) {
            throw PythonError.limit("more than " + limits.steps() + " steps");
        }
    }

    /** Refuses a list or string of so many elements or characters. */
    void checkSize(long elements) {
        if (elements > limits.size()) {
            throw PythonError.limit("more than " + limits.size() + " elements");
        }
    }

    /** Work on so many elements or characters, about to be done; also bounds the size of what it makes. */
    void charge(long elements) {
        checkSize(elements);
        steps += (int) elements;
        step();
    }

    void enter() {
        if (++depth > limits.depth()) {
            throw PythonError.limit("calls deeper than " + limits.depth());
        }
    }

    void leave() {
        depth--;
    }

    BigInteger bounded(BigInteger value) {
        if (value.bitLength() > limits.bits()) {
            throw PythonError.limit("a number of more than " + limits.bits() + " bits");
        }
        return value;
    }

    void chargeBits(long bits) {
        if (bits > limits.bits()) {
            throw PythonError.limit("a number of more than " + limits.bits() + " bits");
        }
    }
}
