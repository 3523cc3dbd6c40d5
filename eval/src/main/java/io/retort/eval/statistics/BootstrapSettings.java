package io.retort.eval.statistics;

import java.io.Serializable;

/**
 * How intervals are made.
 *
 * @param seed chooses the resamples; part of the provenance of every interval
 * @param replicates how many resamples, 2 to 100,000
 * @param level the coverage asked of an interval, inside (0, 1)
 */
public record BootstrapSettings(long seed, int replicates, double level) implements Serializable {
    /** 1000 replicates, intervals at 95%. */
    public static final BootstrapSettings DEFAULT = new BootstrapSettings(20_240_229L, 1000, 0.95);

    public BootstrapSettings {
        if (replicates < 2 || replicates > 100_000) {
            throw new IllegalArgumentException("replicates: expected 2 to 100000, found " + replicates);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level: expected a number inside (0, 1), found " + level);
        }
    }
}
