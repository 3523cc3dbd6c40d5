package io.retort.distill.analysis;

import java.io.Serializable;

/**
 * How a micro-expert is fitted.
 *
 * @param hidden its channels between input and output
 * @param width channels in and out; 0 for the teacher's
 * @param steps updates after the closed form; 0 for the closed form alone
 * @param batch rows an update
 * @param seed of the order of rows
 */
public record MicroSettings(int hidden, int width, int steps, int batch, long seed) implements Serializable {
    public MicroSettings {
        if (hidden < 1 || width < 0 || steps < 0 || batch < 1) {
            throw new IllegalArgumentException("expected a positive hidden and batch, and no negative width and steps,"
                    + " found " + hidden + ", " + batch + ", " + width + " and " + steps);
        }
    }
}
