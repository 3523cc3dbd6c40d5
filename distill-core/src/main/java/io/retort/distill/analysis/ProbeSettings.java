package io.retort.distill.analysis;

import java.io.Serializable;

/**
 * How experts' weights are estimated.
 *
 * @param probes random vectors for a large matrix' effective rank, at least 2
 * @param sketch numbers that stand for an expert when experts are compared, a power of 2
 * @param seed of both
 */
public record ProbeSettings(int probes, int sketch, long seed) implements Serializable {
    private static final int MOST_PROBES = 1024;
    private static final int LARGEST_SKETCH = 1 << 20;

    public ProbeSettings {
        if (probes < 2 || probes > MOST_PROBES) {
            throw new IllegalArgumentException("expected 2 to " + MOST_PROBES + " probes, found " + probes);
        }
        if (sketch < 2 || sketch > LARGEST_SKETCH || Integer.bitCount(sketch) != 1) {
            throw new IllegalArgumentException(
                    "expected a sketch of a power of 2 from 2 to " + LARGEST_SKETCH + ", found " + sketch);
        }
    }
}
